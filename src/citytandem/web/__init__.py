"""The site: pages and the REST interface, made from the same verbs as the command line."""
