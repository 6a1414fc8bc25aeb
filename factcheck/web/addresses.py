"""When two addresses are of the same page: each has a normal form, and the same form means the same source.

After RFC 3986, 6.2: letters of the host in lower case, international names in ASCII, escapes in capitals and only where
they are needed, dot segments and default ports left out. And what the web made usual: http is https, www. is no other
host, a slash at the end is no other page, parameters that follow readers around are left out and the others have no order,
a fragment is a place in the page unless it is the page itself (#!/…, #/…).
"""

import re
from posixpath import normpath
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

DEFAULT_PORTS = {"http": {80, 443}, "https": {80, 443}, "ftp": {21}}
FOLLOWING = re.compile(
    r"utm_\w+|(fb|gcl|dcl|msclk|twcl|ttcl|yscl)[a-z]*id|gclsrc|gbraid|wbraid|igshid?|mc_[ce]id|yclid|_ga|_gl|_hsenc"
    r"|_hsmi|vero_id|oly_(anon|enc)_id|ref_src|ref_url|cmpid|ocid|spm|xtor",
    re.IGNORECASE,
)
UNRESERVED = "-._~"
PATH = "/:@!$&'()*+,;=" + UNRESERVED


def normal(url: str) -> str:
    """The normal form of an address, without http(s); "" for none. What cannot be read as an address stands as it is."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = _host(parts.hostname or "")
    if not host:
        return url
    scheme = "" if parts.scheme in {"http", "https"} else f"{parts.scheme}://"
    at = "" if port is None or port in DEFAULT_PORTS.get(parts.scheme, ()) else f":{port}"
    path = _path(parts.path)
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not FOLLOWING.fullmatch(pair[0])]
    query = f"?{urlencode(sorted(pairs))}" if pairs else ""
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{scheme}{host}{at}{path}{query}{fragment}"


def _host(name: str) -> str:
    name = name.rstrip(".").removeprefix("www.")
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name


def _path(path: str) -> str:
    # A slash or percent sign that was escaped is no slash of the path: it stays escaped.
    kept = re.split(r"(%2F|%25)", path, flags=re.IGNORECASE)
    plain = "".join(
        piece.upper() if at % 2 else quote(unquote_to_bytes(piece), safe=PATH) for at, piece in enumerate(kept)
    )
    if "/." in plain:
        plain = re.sub("^/+", "/", normpath(plain))
    return plain.rstrip("/")


# Where a page for phones, printers or caches stands beside the page itself.
CACHES = re.compile(r"(?:[^/]+\.cdn\.ampproject\.org/[cvi](?:/s)?|google\.[a-z.]+/amp(?:/s)?)/([^/]+\.[^/]+.*)")
SIDE_HOSTS = re.compile(r"(?:amp|m|mobile)\.(?=[^/]+\.)")
SIDE_PATHS = re.compile(
    r"/(?:amp|print|printable)(?=/)|(?:/(?:amp|print|printable)|[._-](?:amp|print))(?=(?:\.html?)?$)"
)
SIDE_PARAMETERS = re.compile(r"amp|amp_js_v|print(able|_?mode|view)?|mobile|output(type)?|view|m", re.IGNORECASE)
SIDE_VALUES = re.compile(r"|1|true|yes|amp|print|mobile|m", re.IGNORECASE)


def of_article(url: str) -> str:
    """The form that all addresses of one article share: also those for phones, printers and AMP caches; "" for none."""
    form = normal(url)
    if found := CACHES.match(form):
        form = normal(f"https://{found[1]}")
    host_and_path, _mark, query = form.partition("?")
    host, slash, path = SIDE_HOSTS.sub("", host_and_path, count=1).partition("/")
    path = SIDE_PATHS.sub("", slash + path)
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not (SIDE_PARAMETERS.fullmatch(pair[0]) and SIDE_VALUES.fullmatch(pair[1]))]
    return normal(f"https://{host}{path}{'?' + urlencode(kept) if kept else ''}") if "." in host else form
