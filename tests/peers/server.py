"""A mail server for one mail: server.py FOLDER. It writes its port to FOLDER/port, what it was sent
to FOLDER/received, byte for byte, and to FOLDER/envelope a line for the sender and each recipient."""

import os
import socketserver
import sys

folder = sys.argv[1]


def put(name, data):
    with open(os.path.join(folder, name + ".new"), "wb") as file:
        file.write(data)
    os.rename(os.path.join(folder, name + ".new"), os.path.join(folder, name))


class Session(socketserver.StreamRequestHandler):
    """RFC 5321, as much of it as a client needs that has one mail to send."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def take_data(self):
        self.say("354 go on")
        data = b""
        for line in self.rfile:
            if line == b".\r\n":
                break
            data += line[1:] if line.startswith(b".") else line
        put("received", data)
        self.say("250 kept")

    def handle(self):
        envelope = []
        self.say("220 here")
        for line in self.rfile:
            word = line[:4].upper()
            if word in (b"MAIL", b"RCPT"):
                envelope.append(line[line.index(b"<") + 1 : line.rindex(b">")])
            if word == b"DATA":
                self.take_data()
                put("envelope", b"\n".join(envelope) + b"\n")
                continue
            self.say("221 bye" if word == b"QUIT" else "250 fine")
            if word == b"QUIT":
                return


with socketserver.TCPServer(("127.0.0.1", 0), Session) as server:
    server.timeout = 60
    put("port", str(server.server_address[1]).encode())
    server.handle_request()
