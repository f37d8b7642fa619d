// Pages of the same origin as the API. The browser sends the cookies by itself; no script can read them.
async function logIn(email, password) {
  return fetch("/auth/login?in_cookies=true", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
}

// The access token is good for 15 minutes: refresh once, then try again.
async function call(path, options = {}) {
  const answer = await fetch(path, options);
  if (answer.status !== 401) return answer;
  const refreshed = await fetch("/auth/refresh", { method: "POST" });
  return refreshed.ok ? fetch(path, options) : answer;
}
