"""A mail server that others wrote (aiosmtpd), told how to behave by the name before the @ of a recipient.

Arguments: how the line is protected (plain, starttls, tls), the folder where mails arrive, a name and a password or
nothing. Writes `authority.pem` and then `port` into the folder."""

import asyncio
import pathlib
import ssl
import sys

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

protection, folder, account = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]


class Handler:
    count = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("unwelcome"):
            return "550 5.7.1 who are you"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("later"):
            return "450 4.2.0 greylisted"
        if address.startswith("never"):
            return "550 5.1.1 no such user"
        if address.startswith("closing"):
            return "421 4.3.2 shutting down"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "hangs":
            await asyncio.sleep(60)
        (folder / f"{self.count:03}.eml").write_bytes(envelope.content)
        if name == "drops":
            server.transport.abort()
            return "250 nobody hears this"
        if name == "toolarge":
            return "552 5.3.4 too large"
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    given = [data.login.decode(), data.password.decode()]
    return AuthResult(success=given == account, handled=False)


authority = trustme.CA()
certificate = authority.issue_cert("localhost")
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
certificate.configure_cert(context)
authority.cert_pem.write_to_path(folder / "authority.pem")

options = {"authenticator": authenticate, "auth_required": bool(account)}
if protection == "plain":
    options["auth_require_tls"] = False
if protection == "starttls":
    options |= {"tls_context": context, "require_starttls": True}


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, hostname="localhost", enable_SMTPUTF8=True, **options)


controller = Server(Handler(), hostname="127.0.0.1", port=int(sys.stdin.readline()),
                    ssl_context=context if protection == "tls" else None, ready_timeout=20)
controller.start()
(folder / "port").write_text(str(controller.port))
sys.stdin.read()
controller.stop()
