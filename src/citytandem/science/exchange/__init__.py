"""What happens when cities meet: agendas of events, routes of study tours, and the travel to them."""
