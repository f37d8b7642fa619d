"""Everything that makes a token bad."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.auth.external.support import ABSENT, AUDIENCE, Forge, encoded, private_key, public_jwk

Make = Callable[[Forge], str]


def pem(kind: str) -> bytes:
    text: bytes = private_key(kind).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return text


def der(kind: str) -> bytes:
    text: bytes = private_key(kind).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return text


def hmac_with(forge: Forge, secret: bytes, algorithm: str = "HS256") -> str:
    """Sign with a key that everybody knows, as the one who mixes up algorithms would verify it."""
    header = json.dumps({"alg": algorithm, "kid": "rsa", "typ": "JWT"}).encode()
    signed = f"{encoded(header)}.{encoded(json.dumps(forge.claims()).encode())}"
    return f"{signed}.{encoded(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


def unsigned(forge: Forge, algorithm: str, signature: bytes = b"") -> str:
    return forge(header={"alg": algorithm}, signature=signature)


def with_text(forge: Forge, addition: str) -> str:
    """Sign a payload to which these characters were added before its last brace."""
    return forge(payload=(json.dumps(forge.claims())[:-1] + addition + "}").encode())


def with_header(forge: Forge, text: str) -> str:
    return forge(header=text.encode())


def with_unused_bits(segment: str) -> str:
    """Return a segment with other bits at its end, which no byte holds; its length says that there are some."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert len(segment) % 4
    return segment[:-1] + alphabet[alphabet.index(segment[-1]) + 1]


def spelled_otherwise(token: str) -> str:
    signed, _, signature = token.rpartition(".")
    return f"{signed}.{with_unused_bits(signature)}"


def payload_spelled_otherwise(forge: Forge) -> str:
    text = json.dumps(forge.claims()).encode()
    header, payload, signature = forge(payload=text + b" " * (4 - len(text) % 3)).split(".")
    return f"{header}.{with_unused_bits(payload)}.{signature}"


NOT_TOKENS: dict[str, Make] = {
    "one segment": lambda forge: forge().replace(".", ""),
    "two segments": lambda forge: forge().rpartition(".")[0],
    "four segments": lambda forge: f"{forge()}.x",
    "five segments, encrypted": lambda forge: f"{forge()}.x.x",
    "an empty header": lambda forge: "." + forge().partition(".")[2],
    "an empty payload": lambda forge: ".".join([forge().split(".")[0], "", forge().split(".")[2]]),
    "an empty signature": lambda forge: forge().rpartition(".")[0] + ".",
    "padded": lambda forge: f"{forge()}==",
    "not base64url": lambda forge: forge().replace(".", ".+", 1),
    "spaces": lambda forge: f"{forge()} {forge()}",
    "a length that base64 cannot have": lambda forge: f"x.{forge().partition('.')[2]}AAA.AAAA",
    "unused bits in the payload": payload_spelled_otherwise,
    "more than 16 KiB": lambda forge: forge(padding="x" * 12_300),
    "letters beyond ASCII": lambda forge: f"{forge()}\u00e9",
    "payload is a list": lambda forge: forge(payload=b"[]"),
    "payload is a text": lambda forge: forge(payload=b'"x"'),
    "payload is null": lambda forge: forge(payload=b"null"),
    "payload is not JSON": lambda forge: forge(payload=b"{"),
    "payload is not UTF-8": lambda forge: forge(payload=b'{"sub": "\xff"}'),
    "payload with NaN": lambda forge: with_text(forge, ', "x": NaN'),
    "payload with Infinity": lambda forge: with_text(forge, ', "x": Infinity'),
    "payload with an endless number": lambda forge: with_text(forge, ', "x": ' + "9" * 5_000),
    "payload names a claim twice": lambda forge: with_text(forge, ', "sub": "auth0|bob"'),
    "payload names a claim twice further in": lambda forge: with_text(forge, ', "x": {"y": 1, "y": 2}'),
    "payload nested too deeply": lambda forge: with_text(forge, ', "x": ' + "[" * 5_000 + "]" * 5_000),
    "header is a list": lambda forge: with_header(forge, "[]"),
    "header is not JSON": lambda forge: with_header(forge, "alg"),
    "header names a member twice": lambda forge: with_header(forge, '{"alg": "none", "alg": "RS256", "kid": "rsa"}'),
    "header without an algorithm": lambda forge: forge(header={"alg": ABSENT}),
    "header with a kid that is a number": lambda forge: forge(header={"kid": 1}),
    "header with a kid that is null": lambda forge: forge(header={"kid": None}),
    "header with a type that is a list": lambda forge: forge(header={"typ": ["JWT"]}),
    "header with a type that is null": lambda forge: forge(header={"typ": None}),
    "header says that it is an ID token": lambda forge: forge(header={"typ": "id+jwt"}),
    "header says that it is a logout token": lambda forge: forge(header={"typ": "application/logout+jwt"}),
    "header with crit": lambda forge: forge(header={"crit": ["exp"], "exp": 1}),
    "header with an empty crit": lambda forge: forge(header={"crit": []}),
    "header with b64": lambda forge: forge(header={"b64": True}),
    "header brings its key": lambda forge: forge("rsa-evil", {"kid": "rsa", "jwk": public_jwk("rsa-evil")}),
    "header says where its key is": lambda forge: forge(header={"jku": "https://evil.example.com/keys"}),
    "header says where its certificate is": lambda forge: forge(header={"x5u": "https://evil.example.com/x"}),
    "header brings its certificate": lambda forge: forge(header={"x5c": ["MII"]}),
}

FORGERIES: dict[str, Make] = {
    "none": lambda forge: unsigned(forge, "none", b"x"),
    "None": lambda forge: unsigned(forge, "None", b"x"),
    "NONE": lambda forge: unsigned(forge, "NONE", b"x"),
    "nOnE": lambda forge: unsigned(forge, "nOnE", b"x"),
    "none, without a signature": lambda forge: unsigned(forge, "none"),
    "an algorithm that is a list": lambda forge: forge(header={"alg": ["RS256"]}),
    "an algorithm that is empty": lambda forge: forge(header={"alg": ""}),
    "an algorithm in small letters": lambda forge: forge(header={"alg": "rs256"}),
    "an algorithm that nobody knows": lambda forge: forge(header={"alg": "XS256"}),
    "HS256 with the public key in PEM": lambda forge: hmac_with(forge, pem("rsa")),
    "HS256 with the public key in PEM, stripped": lambda forge: hmac_with(forge, pem("rsa").strip()),
    "HS256 with the public key in DER": lambda forge: hmac_with(forge, der("rsa")),
    "HS256 with the JWK": lambda forge: hmac_with(forge, json.dumps(public_jwk("rsa")).encode()),
    "HS256 with nothing": lambda forge: hmac_with(forge, b""),
    "HMAC that says RS256": lambda forge: hmac_with(forge, pem("rsa"), "RS256"),
    "another key of the same kind": lambda forge: forge("rsa-evil", {"kid": "rsa"}),
    "a key of another kind": lambda forge: forge("p256", {"kid": "rsa"}),
    "an algorithm of another kind of key": lambda forge: forge("rsa", {"alg": "ES256"}),
    "an algorithm of another curve": lambda forge: forge("p256", {"kid": "p384"}),
    "another hash than it says": lambda forge: forge("rsa", {"alg": "RS512"}),
    "another padding than it says": lambda forge: forge("rsa", {"alg": "PS256"}),
    "unused bits": lambda forge: spelled_otherwise(forge("rsa")),
    "a signature of one byte": lambda forge: forge(signature=b"x"),
    "a signature of zeros": lambda forge: forge(signature=bytes(256)),
    "a signature of a thousand bytes": lambda forge: forge(signature=b"x" * 1_000),
    "an ES256 signature of zeros": lambda forge: forge("p256", signature=bytes(64)),
    "an ES256 signature of one byte": lambda forge: forge("p256", signature=b"x"),
    "an EdDSA signature of one byte": lambda forge: forge("ed", signature=b"x"),
    "an EdDSA signature of zeros": lambda forge: forge("ed", signature=bytes(64)),
    "the payload of another token": lambda forge: ".".join(
        [forge().split(".")[0], forge(sub="auth0|bob").split(".")[1], forge().split(".")[2]]
    ),
}

WRONG_CLAIMS: dict[str, Callable[[int], dict[str, Any]]] = {
    "another issuer": lambda _: {"iss": "https://issuer.example.com.evil.com/"},
    "the issuer without its slash": lambda _: {"iss": "https://issuer.example.com"},
    "no issuer": lambda _: {"iss": ABSENT},
    "a list of issuers": lambda _: {"iss": ["https://issuer.example.com/"]},
    "another audience": lambda _: {"aud": "https://another.example.com"},
    "an audience that only begins so": lambda _: {"aud": f"{AUDIENCE}/x"},
    "no audience": lambda _: {"aud": ABSENT},
    "an audience that is null": lambda _: {"aud": None},
    "an empty audience": lambda _: {"aud": ""},
    "an empty list of audiences": lambda _: {"aud": []},
    "audiences without this one": lambda _: {"aud": ["a", "b"]},
    "audiences that are not all texts": lambda _: {"aud": [AUDIENCE, 1]},
    "an audience that is an object": lambda _: {"aud": {AUDIENCE: True}},
    "expired": lambda now: {"exp": now - 31},
    "expired this moment": lambda now: {"exp": now - 30},
    "no expiry": lambda _: {"exp": ABSENT},
    "an expiry that is null": lambda _: {"exp": None},
    "an expiry that is a text": lambda now: {"exp": str(now + 600)},
    "an expiry that is true": lambda _: {"exp": True},
    "an expiry that is a list": lambda now: {"exp": [now + 600]},
    "not valid yet": lambda now: {"nbf": now + 31},
    "a beginning that is a text": lambda now: {"nbf": str(now)},
    "a beginning that is null": lambda _: {"nbf": None},
    "a beginning that is false": lambda _: {"nbf": False},
    "issued in the future": lambda now: {"iat": now + 31},
    "an issue that is a text": lambda now: {"iat": str(now)},
    "nobody": lambda _: {"sub": ABSENT},
    "a subject that is null": lambda _: {"sub": None},
    "a subject that is a number": lambda _: {"sub": 42},
    "an empty subject": lambda _: {"sub": ""},
    "a subject of 256 characters": lambda _: {"sub": "x" * 256},
    "a subject with NUL": lambda _: {"sub": "ann\0"},
    "a subject with a line break": lambda _: {"sub": "ann\nbob"},
    "a subject with a control character of Latin-1": lambda _: {"sub": "ann\x85"},
    "a subject with half a character": lambda _: {"sub": "\ud800"},
}
