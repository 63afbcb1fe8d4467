"""The REST interface: what the pages say, for programs."""

from ninja import NinjaAPI

api = NinjaAPI(title="CityTandem", version="1", urls_namespace="api", docs_url=None)
