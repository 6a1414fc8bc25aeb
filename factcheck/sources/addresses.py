"""The normal form of an address, by the name under which an old migration knows it; it stands in web.addresses."""

from factcheck.web.addresses import normal as normal
