"""Access tokens that are not quite ours: everything that clients, attackers and other libraries could make of one.

Each is one step away from `good()`. Where a valid signature is needed, it is made with the secret of the tests.
"""

import base64
import hashlib
import hmac
import json
import uuid
from typing import Any

from fastapi_todo_kit.auth.credentials.random_tokens import new_personal_token
from tests.auth.support import SECRET
from tests.support import TestClock

NOW = int(TestClock().now.timestamp())
KID = base64.urlsafe_b64encode(hashlib.sha256(SECRET.encode()).digest()[:9]).decode()
HEADER = {"alg": "HS256", "kid": KID, "typ": "at+jwt"}
PAYLOAD: dict[str, Any] = {
    "iss": "http://localhost:8000",
    "aud": "todo-kit",
    "sub": "0198a1b2-0000-7000-8000-000000000001",
    "iat": NOW,
    "nbf": NOW,
    "exp": NOW + 900,
    "jti": "a" * 32,
    "sid": "0198a1b2-0000-7000-8000-000000000002",
    "typ": "access",
    "auth_time": NOW,
    "email_verified": True,
    "superuser": False,
}
MISSING = object()


def segment(value: Any) -> str:
    """Return a header or a payload as it stands in a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(header: Any = HEADER, payload: Any = PAYLOAD, key: bytes = SECRET.encode(), hashed: str = "sha256") -> str:
    """Return a token with any header and payload, signed with HMAC."""
    return sealed(segment(header), segment(payload), key, hashed)


def sealed(header: str, payload: str, key: bytes = SECRET.encode(), hashed: str = "sha256") -> str:
    """Return a token of two segments as they are, signed with HMAC."""
    message = f"{header}.{payload}"
    return f"{message}.{segment(hmac.new(key, message.encode(), hashed).digest())}"


def good() -> str:
    """Return a token that the application takes for its own."""
    return signed()


def said(**header: Any) -> str:
    """Return a token with another header."""
    return signed({name: value for name, value in {**HEADER, **header}.items() if value is not MISSING})


def claiming(**claims: Any) -> str:
    """Return a token with other claims, and a valid signature."""
    return signed(payload={name: value for name, value in {**PAYLOAD, **claims}.items() if value is not MISSING})


def raw(old: str, new: str) -> str:
    """Return a token whose payload is another text, and a valid signature."""
    return signed(payload=json.dumps(PAYLOAD).replace(old, new).encode())


_HEADER, _PAYLOAD, _SIGNATURE = good().split(".")
_BODY = f"{_HEADER}.{_PAYLOAD}"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_NEXT_OF_LAST = _ALPHABET[_ALPHABET.index(_SIGNATURE[-1]) + 1]
_JWK = {"kty": "oct", "k": segment(b"a secret of the attacker's own, 32 bytes")}

_ALGORITHMS = {
    **{
        f"alg {name!r}, unsigned": f"{segment({**HEADER, 'alg': name})}.{_PAYLOAD}."
        for name in ("none", "None", "nOnE")
    },
    **{f"alg {name!r}, signed": said(alg=name) for name in ("none", "None", "NONE", "nOnE", "none ", "", "hs256")},
    "alg none and nothing else": f"{segment({'alg': 'none'})}.{_PAYLOAD}.",
    "alg none, two segments": f"{segment({**HEADER, 'alg': 'none'})}.{_PAYLOAD}",
    "alg none, an empty signature in base64": f"{segment({**HEADER, 'alg': 'none'})}.{_PAYLOAD}.AA",
    "no alg": said(alg=MISSING),
    "alg null": said(alg=None),
    "alg a list": said(alg=["HS256"]),
    "HS384": signed({**HEADER, "alg": "HS384"}, hashed="sha384"),
    "HS512": signed({**HEADER, "alg": "HS512"}, hashed="sha512"),
    "RS256": said(alg="RS256"),
    "dir": said(alg="dir", enc="A256GCM"),
}
_HEADERS = {
    "crit": said(crit=["exp"]),
    "crit, empty": said(crit=[]),
    "crit b64": said(crit=["b64"], b64=False),
    "b64": said(b64=True),
    "jwk": signed({**HEADER, "jwk": _JWK}, key=b"a secret of the attacker's own, 32 bytes"),
    "jwk, signed by us": said(jwk=_JWK),
    "jku": said(jku="https://evil.example/keys"),
    "x5u": said(x5u="https://evil.example/cert"),
    "x5c": said(x5c=["MIIB"]),
    "x5t": said(x5t="abc"),
    "zip": said(zip="DEF"),
    "cty": said(cty="JWT"),
    "no kid": said(kid=MISSING),
    "unknown kid": said(kid="somebody"),
    "kid null": said(kid=None),
    "kid a number": said(kid=1),
    "kid a list": said(kid=[KID]),
    "kid an object": said(kid={}),
    "kid a path": said(kid="../../../../dev/null"),
    "kid SQL": said(kid="' OR 1=1 --"),
    "typ JWT": said(typ="JWT"),
    "typ in upper case": said(typ="AT+JWT"),
    "typ with a prefix": said(typ="application/at+jwt"),
    "no typ": said(typ=MISSING),
    "typ of an ID token": said(typ="id+jwt"),
    "a header member twice": signed(json.dumps(HEADER).replace("{", '{"alg": "none", ', 1).encode()),
    "the same header member twice": signed(json.dumps(HEADER).replace("{", '{"alg": "HS256", ', 1).encode()),
    "a header that is a list": signed([HEADER]),
    "a header that is a text": signed(b'"HS256"'),
    "a header that is a number": signed(b"1"),
    "a header that is null": signed(b"null"),
    "a header of no JSON": signed(b"{"),
    "a header that is not UTF-8": signed(b'{"alg":"HS256\xff"}'),
    "a header with NaN": signed(b'{"alg": NaN}'),
    "a deep header": signed(b"[" * 1_000 + b"]" * 1_000),
    "a byte order mark": signed(b"\xef\xbb\xbf" + json.dumps(HEADER).encode()),
}
_CLAIMS = {
    **{f"no {name}": claiming(**{name: MISSING}) for name in PAYLOAD},
    **{f"{name} null": claiming(**{name: None}) for name in PAYLOAD},
    "wrong aud": claiming(aud="another-api"),
    "aud a list": claiming(aud=["todo-kit"]),
    "aud a list of two": claiming(aud=["another-api", "todo-kit"]),
    "aud empty": claiming(aud=""),
    "wrong iss": claiming(iss="https://evil.example"),
    "iss with a slash": claiming(iss="http://localhost:8000/"),
    "typ refresh": claiming(typ="refresh"),
    "typ empty": claiming(typ=""),
    "expired": claiming(iat=NOW - 1_000, nbf=NOW - 1_000, exp=NOW - 100),
    "expired this second": claiming(exp=NOW),
    "exp a text": claiming(exp=str(NOW + 900)),
    "exp a float": claiming(exp=NOW + 900.5),
    "exp a whole float": claiming(exp=float(NOW + 900)),
    "exp beyond 64 bits": claiming(exp=10**30),
    "exp of 5,000 digits": raw(str(NOW + 900), "9" * 2_500),
    "exp far beyond the lifetime of a token": claiming(exp=NOW + 10 * 365 * 86_400),
    "exp negative": claiming(exp=-1),
    "exp zero": claiming(exp=0),
    "exp true": claiming(exp=True),
    "exp NaN": raw(str(NOW + 900), "NaN"),
    "exp Infinity": raw(str(NOW + 900), "Infinity"),
    "exp 1e400": raw(str(NOW + 900), "1e400"),
    "exp a list": claiming(exp=[NOW + 900]),
    "nbf in the future": claiming(nbf=NOW + 600),
    "nbf a text": claiming(nbf=str(NOW)),
    "iat a text": claiming(iat=str(NOW)),
    "iat a float": claiming(iat=NOW + 0.5),
    "auth_time a text": claiming(auth_time="now"),
    "auth_time of no calendar": claiming(auth_time=2**62),
    "auth_time before all calendars": claiming(auth_time=-(2**62)),
    "sub no id": claiming(sub="admin"),
    "sub a number": claiming(sub=1),
    "sid no id": claiming(sid="1"),
    "email_verified a text": claiming(email_verified="true"),
    "email_verified a number": claiming(email_verified=1),
    "not verified": claiming(email_verified=False),
    "superuser a text": claiming(superuser="yes"),
    "a claim that we do not make": claiming(admin=True),
    "scope": claiming(scope="todos:read"),
    "a claim twice": raw("{", '{"sub": "0198a1b2-0000-7000-8000-000000000009", '),
    "the same claim twice": raw("{", '{"typ": "access", '),
    "jti a number": claiming(jti=1),
    "zoneinfo a number": claiming(zoneinfo=1),
    "a nested claim": claiming(zoneinfo={"a": {"b": {}}}),
    "a deep payload": signed(payload=b'{"a":' * 800 + b"1" + b"}" * 800),
    "a payload that is a list": signed(payload=[PAYLOAD]),
    "a payload that is a text": signed(payload=b'"access"'),
    "a payload that is null": signed(payload=b"null"),
    "a payload that is a token": signed(payload=good().encode()),
    "a payload of no JSON": signed(payload=b"{"),
    "a payload that is not UTF-8": signed(payload=json.dumps(PAYLOAD).encode() + b"\xff"),
    "a payload with half of a surrogate pair": raw('"access"', '"\\ud800"'),
    "a payload with NUL": raw('"access"', '"access\\u0000"'),
}
_SHAPES = {
    "one segment": _HEADER,
    "two segments": _BODY,
    "four segments": f"{good()}.{_SIGNATURE}",
    "five segments, as of JWE": f"{segment({'alg': 'dir', 'enc': 'A256GCM'})}..aaaa.bbbb.cccc",
    "three empty segments": "..",
    "an empty header": f".{_PAYLOAD}.{_SIGNATURE}",
    "an empty payload": f"{_HEADER}..{_SIGNATURE}",
    "an empty payload, signed": sealed(_HEADER, ""),
    "a signature stripped": f"{_BODY}.",
    "a signature cut by one": good()[:-1],
    "a signature cut in half": good()[:-20],
    "a signature of one character": f"{_BODY}.A",
    "a signature of zeros": f"{_BODY}.{'A' * 43}",
    "a signature in another spelling": good()[:-1] + _NEXT_OF_LAST,
    "garbage behind the signature": f"{good()}AAAA",
    "a dot behind the signature": f"{good()}.",
    "padding behind the signature": f"{good()}=",
    "padding in every segment": f"{_HEADER}=.{_PAYLOAD}==.{_SIGNATURE}=",
    "padding in the payload, signed": sealed(_HEADER, f"{_PAYLOAD}=="),
    "ordinary base64": f"{_BODY}.{_SIGNATURE[:-3]}+/A",
    "a space inside": f"{_HEADER} .{_PAYLOAD}.{_SIGNATURE}",
    "a tab inside": f"{_HEADER}.\t{_PAYLOAD}.{_SIGNATURE}",
    "a token behind a token": f"{good()} {good()}",
    "a comma": f"{good()},{good()}",
    "quotes": f'"{good()}"',
    "another payload": f"{_HEADER}.{segment({**PAYLOAD, 'superuser': True})}.{_SIGNATURE}",
    "another header": f"{segment({**HEADER, 'kid': 'x'})}.{_PAYLOAD}.{_SIGNATURE}",
    "another secret": signed(key=b"another secret of more than thirty-two bytes"),
    "no secret": signed(key=b""),
    "the kid as the secret": signed(key=KID.encode()),
    "100 kB of nothing": "a" * 100_000,
    "100 kB of dots": "." * 100_000,
    "100 kB of claims": claiming(zoneinfo="a" * 100_000),
    "100 kB of payload, unsigned": f"{_HEADER}.{'a' * 100_000}.{_SIGNATURE}",
    "a refresh token": base64.urlsafe_b64encode(b"r" * 32).rstrip(b"=").decode(),
    "a token in hexadecimal": uuid.UUID(int=1).hex,
    "a personal token with a wrong checksum": new_personal_token()[:-6] + "000000",
    "a personal token cut by one": new_personal_token()[:-1],
    "a personal token in upper case": new_personal_token().upper(),
    "only the prefix of a personal token": "tdk_",
    "a personal token with a digit that is none": "tdk_" + "a" * 29 + "é" + "000000",
    "undefined": "undefined",
    "null": "null",
    "Bearer": f"Bearer {good()}",
}
_SCHEMES: dict[str, str] = {
    "an empty header": "",
    "only the scheme": "Bearer",
    "the scheme and a space": "Bearer ",
    "no scheme": good(),
    "a tab behind the scheme": f"Bearer\t{good()}",
    "Basic, which is off": f"Basic {base64.b64encode(f'ann:{new_personal_token()}'.encode()).decode()}",
    "Digest": 'Digest username="ann", response="0"',
    "Token": f"Token {good()}",
    "DPoP": f"DPoP {good()}",
    "Negotiate": "Negotiate YII=",
    "a scheme that is not ASCII": f"Beärer {good()}",
}
_BYTES = {
    "not ASCII": good().encode() + "é".encode(),
    "not ASCII before": "ä".encode() + good().encode(),
    "not UTF-8": good().encode() + b"\xff\xfe",
    "a no-break space behind": f"{good()}x\xa0".encode("latin-1"),
    "NUL": good().encode() + b"\x00",
    "NUL inside": good().replace(".", "\0.", 1).encode(),
    "a line feed": f"{_HEADER}\n.{_PAYLOAD}.{_SIGNATURE}".encode(),
}
BAD: dict[str, bytes] = {
    **{name: f"Bearer {one}".encode() for name, one in (_ALGORITHMS | _HEADERS | _CLAIMS).items()},
    **{f"shape: {name}": f"Bearer {one}".encode() for name, one in _SHAPES.items()},
    **{f"scheme: {name}": one.encode() for name, one in _SCHEMES.items()},
    **{f"bytes: {name}": b"Bearer " + one for name, one in _BYTES.items()},
}
"""What an Authorization header says, none of which may be believed."""
