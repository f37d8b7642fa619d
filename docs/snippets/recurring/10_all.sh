curl -X PATCH $API/todos/01990000-0000-7000-8000-0000000000aa -d '{"due": {"date": "2026-05-29"}, "recurrence": {"rrule": "FREQ=MONTHLY;BYDAY=-1FR", "exdates": ["2026-12-25"]}}'
