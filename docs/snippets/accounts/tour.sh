# Register. The answer is the same where the address has an account already.
curl -X POST $AUTH/register -d '{"email": "ann@example.com", "password": "seven green bottles"}'

# The page of verify_path sends on what stands behind token= in the mail.
curl -X POST $AUTH/verify -d "{\"token\": \"$TOKEN\"}"

# Log in: the answer has access_token, good for 15 minutes, and refresh_token.
curl -X POST $AUTH/login -d '{"email": "ann@example.com", "password": "seven green bottles"}'
curl $AUTH/me -H "Authorization: Bearer $ACCESS"
curl $API/todos -H "Authorization: Bearer $ACCESS"

# Both are new after this; the old refresh token is good no more.
curl -X POST $AUTH/refresh -d "{\"refresh_token\": \"$REFRESH\"}"

# A forgotten password: the page of reset_path sends on the token of the mail.
curl -X POST $AUTH/forgot -d '{"email": "ann@example.com"}'
curl -X POST $AUTH/reset -d "{\"token\": \"$TOKEN\", \"password\": \"eight green bottles\"}"

curl -X POST $AUTH/login -d '{"email": "ann@example.com", "password": "eight green bottles"}'
curl $AUTH/sessions -H "Authorization: Bearer $ACCESS"
curl -X POST $AUTH/logout -H "Authorization: Bearer $ACCESS"
