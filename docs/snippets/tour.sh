# A list, a label, and a todo with a due date in a zone. Clients may choose ids (UUIDv7), so that a retry is harmless.
curl -X POST $API/lists -d '{"id": "01990000-0000-7000-8000-00000000000a", "name": "Work"}'
curl -X POST $API/labels -d '{"id": "01990000-0000-7000-8000-00000000000b", "name": "Urgent"}'
curl -X POST $API/todos -d '{"id": "01990000-0000-7000-8000-00000000000c", "list_id": "01990000-0000-7000-8000-00000000000a", "title": "Write the report", "due": {"datetime": "2027-03-29T09:00:00", "timezone": "Europe/Berlin"}, "label_ids": ["01990000-0000-7000-8000-00000000000b"]}'
curl -X POST $API/todos -d '{"parent_id": "01990000-0000-7000-8000-00000000000c", "title": "Collect the figures"}'

# Search, filter, sort, and page: next_cursor leads on.
curl "$API/todos?q=report&label=01990000-0000-7000-8000-00000000000b"
curl "$API/todos?parent=none&status=needs_action&due.lt=2027-04-01&sort=-due,position&limit=10"

# Change a field; null clears it. If-Match makes sure that nobody was faster.
curl -X PATCH $API/todos/01990000-0000-7000-8000-00000000000c -H 'If-Match: "1"' -d '{"priority": 1, "description": "Two pages"}'

# Complete it with its subtasks, reopen it, add another one exactly once, and copy the first.
curl -X POST $API/todos/01990000-0000-7000-8000-00000000000c/complete
curl -X POST $API/todos/01990000-0000-7000-8000-00000000000c/reopen
curl -X POST $API/todos -H 'Idempotency-Key: tour-1' -d '{"title": "Buy milk"}'
curl -X POST $API/todos/01990000-0000-7000-8000-00000000000c/duplicate

# Delete it, look into the trash, and take it out again.
curl -X DELETE $API/todos/01990000-0000-7000-8000-00000000000c
curl $API/trash
curl -X POST $API/todos/01990000-0000-7000-8000-00000000000c/restore
curl "$API/lists?counts=true"
