# A list, and what is in it. Clients may choose ids, so these lines can be copied as they are.
ann -X POST $API/lists -d '{"id": "01990000-0000-7000-8000-000000000001", "name": "Summer party"}'
ann -X POST $API/todos -d '{"id": "01990000-0000-7000-8000-000000000002", "title": "Find a boat", "list_id": "01990000-0000-7000-8000-000000000001"}'

# It gets a space of its own, which Ann owns.
ann -X POST $API/lists/01990000-0000-7000-8000-000000000001/share -d '{"id": "01990000-0000-7000-8000-000000000003"}'

# A link for a colleague. The answer has a `token`, this once: TOKEN=tkinv_...
ann -X POST $API/spaces/01990000-0000-7000-8000-000000000003/invitations -d '{"role": "editor"}'

# Bob looks at what he is invited to, and accepts.
bob -X POST $API/invitations/preview -d "{\"token\": \"$TOKEN\"}"
bob -X POST $API/invitations/accept -d "{\"token\": \"$TOKEN\"}"

# Now the list is his, too.
bob "$API/todos?space=01990000-0000-7000-8000-000000000003"
bob $API/spaces/01990000-0000-7000-8000-000000000003/members
ann -X PUT "$API/todos/01990000-0000-7000-8000-000000000002/assignees/bob?space=01990000-0000-7000-8000-000000000003"
bob "$API/todos?space=01990000-0000-7000-8000-000000000003&assignee=me"
bob -X POST "$API/todos/01990000-0000-7000-8000-000000000002/complete?space=01990000-0000-7000-8000-000000000003"

# The todo has kept its id, and its old address leads to where it is now.
ann -L $API/todos/01990000-0000-7000-8000-000000000002

# Whoever is removed is out with the next request: 404.
ann -X DELETE $API/spaces/01990000-0000-7000-8000-000000000003/members/bob
bob "$API/todos?space=01990000-0000-7000-8000-000000000003"
