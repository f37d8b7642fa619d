# Make one, within ten minutes of logging in. The answer has the token, this once.
curl -X POST $AUTH/tokens -H "Authorization: Bearer $ACCESS" -d '{"name": "nightly report", "scopes": ["todos:read"], "expires_at": "2099-12-31T00:00:00Z"}'

# Use it in a script, as a bearer token or, if basic is on, as the password of HTTP Basic.
curl $API/todos -H "Authorization: Bearer $PERSONAL"
curl -u "any:$PERSONAL" $API/todos

# The list shows the last four characters of each, and when it was used last.
curl $AUTH/tokens -H "Authorization: Bearer $ACCESS"
curl -X DELETE $AUTH/tokens/$ID -H "Authorization: Bearer $ACCESS"
