"""Papers of an exchange as PDF: agendas, badges, lists, letters, certificates, minutes, agreements, plans and reports."""
