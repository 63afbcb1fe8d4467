"""Short dates in English: the month by its name, since 2/9 is read differently across borders; hours as on timetables."""

SHORT_DATE_FORMAT = "N j, Y"
SHORT_DATETIME_FORMAT = "N j, Y, H:i"
