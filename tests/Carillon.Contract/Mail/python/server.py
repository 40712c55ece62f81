"""A mail server: keeps each mail in a file, the envelope in its first line, and treats recipients as their names say."""
import json
import os
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Keeper:
    def __init__(self, folder):
        self.folder = folder
        self.greeted = set()
        self.kept = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 Nobody of that name"
        if address.startswith("grey") and address not in self.greeted:
            self.greeted.add(address)
            return "451 4.7.1 Greylisted, please come back"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Known"

    async def handle_DATA(self, server, session, envelope):
        login = session.auth_data.decode() if session.auth_data else None
        about = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "user": login, "tls": session.ssl is not None}
        self.kept += 1
        path = os.path.join(self.folder, f"{self.kept:05}")
        with open(path + ".part", "wb") as file:
            file.write(json.dumps(about).encode() + b"\n" + envelope.original_content)
        os.rename(path + ".part", path + ".mail")
        return "250 2.0.0 Kept"


def authenticate(server, session, envelope, mechanism, data):
    known = (data.login, data.password) == (b"ann", "pä ss".encode())
    return AuthResult(success=True, auth_data=data.login) if known else AuthResult(success=False, handled=False)


port, folder, *secure = sys.argv[1:]
options = {}
if secure:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*secure)
    options = dict(tls_context=tls, require_starttls=True, authenticator=authenticate, auth_required=True)
controller = Controller(Keeper(folder), hostname="127.0.0.1", port=int(port), **options)
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
