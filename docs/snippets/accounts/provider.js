// On the login page: begin, keep the secret for this tab, and go to the provider.
async function begin(provider) {
  const answer = await fetch(`/auth/providers/${provider}/authorize`, { method: "POST" });
  const { authorization_url, secret } = await answer.json();
  sessionStorage.setItem(`login at ${provider}`, secret);
  location.assign(authorization_url);
}

// On the page of oauth_callback_path, /login/{provider}: send on what the browser came back with.
async function finish(provider) {
  const query = new URLSearchParams(location.search);
  const secret = sessionStorage.getItem(`login at ${provider}`);
  sessionStorage.removeItem(`login at ${provider}`);
  history.replaceState(null, "", location.pathname);
  return fetch(`/auth/providers/${provider}/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code: query.get("code"), state: query.get("state"), secret }),
  });
}
