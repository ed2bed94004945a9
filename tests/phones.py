"""The contacts of a phone, of which some are clients already, as the tests of import take them."""

from __future__ import annotations

from folders import Cf

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Vendula Drahokoupil
ORG:Skleněná zahrada s.r.o.
TEL;TYPE=CELL:+420 555 010 611
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Kvido Zimák
TEL:+420 555 010 710
EMAIL:kvido@x.example
NOTE:rings back
PHOTO;ENCODING=b:AAAA
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Johana Tenk
EMAIL:jonas@x.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Broken
no colon
END:VCARD
"""
KVIDO = '# mine\nname = "Kvido Zimák"\n\n[card]\n# the old one\nphone = "555 010 710"\nnote = "slow to pay"\n'
JONAS = 'name = "Jonas Tenk"\n\n[card]\nemail = "jonas@x.example"\n'


def lay(cf: Cf) -> Cf:
    """The phone's file in the folder, and the two clients that it knows."""
    (cf.root / "phone.vcf").write_text(CARDS)
    cf.write("kvido-zimak", KVIDO)
    cf.write("jonas-tenk", JONAS)
    return cf
