#!/usr/bin/env python3
"""A client of NFS 4.1 for tests (RFC 8881): one session over several connections, which take turns.

usage: nfs41-client.py URL CONNECTIONS ACTION [ARGUMENT...] [, ACTION [ARGUMENT...]]...
  put LOCAL PATH | get PATH LOCAL | list PATH | mkdir PATH | rmdir PATH | rename PATH PATH | delete PATH | symlink TARGET PATH
  | link PATH PATH | truncate PATH LENGTH | reconnect
Before an action, ! says that it must fail. URL is nfs://ADDRESS[:PORT]/EXPORT?uid=NUMBER&gid=NUMBER; reconnect resets every connection
and goes on over new ones.
"""
import os
import socket
import struct
import sys
from urllib.parse import parse_qs, urlparse

SIZE = 1 << 10
ACCESS, CLOSE, CREATE, GETATTR, GETFH, LINK, LOOKUP, OPEN = 3, 4, 6, 9, 10, 11, 15, 18
PUTFH, PUTROOTFH, READ, READDIR, REMOVE, RENAME, SAVEFH, SETATTR, WRITE = 22, 24, 25, 26, 28, 29, 32, 34, 38
EXCHANGE_ID, CREATE_SESSION, DESTROY_SESSION, SEQUENCE, DESTROY_CLIENTID, RECLAIM_COMPLETE = 42, 43, 44, 53, 57, 58
READING, WRITING, NO_DELEGATION = 1, 2, 0x400
NO_STATE = bytes(16)
FILE_SYSTEM = 1 << 8
MODE = 1 << 1


def u32(*values):
    return struct.pack(f">{len(values)}I", *values)


def u64(*values):
    return struct.pack(f">{len(values)}Q", *values)


def opaque(octets):
    return u32(len(octets)) + octets + bytes(-len(octets) % 4)


class Reader:
    def __init__(self, octets):
        self.octets, self.at = octets, 0

    def take(self, count):
        self.at += count
        return self.octets[self.at - count:self.at]

    def u32(self):
        return struct.unpack(">I", self.take(4))[0]

    def u64(self):
        return struct.unpack(">Q", self.take(8))[0]

    def opaque(self):
        octets = self.take(self.u32())
        self.take(-len(octets) % 4)
        return octets

    def bitmap(self):
        return [self.u32() for _ in range(self.u32())]


def read_open(reader):
    state = reader.take(16)
    reader.take(20 + 4)
    reader.bitmap()
    kind = reader.u32()
    if kind == 3 and reader.u32() in (1, 2):
        reader.take(4)
    elif kind in (1, 2):
        sys.exit("a delegation, which was not wanted")
    return state


def read_exchange(reader):
    client, sequence = reader.u64(), reader.u32()
    reader.take(8 + 8)
    reader.opaque(), reader.opaque()
    for _ in range(reader.u32()):
        reader.opaque(), reader.opaque(), reader.take(12)
    return client, sequence


def read_session(reader):
    session = reader.take(16 + 8)[:16]
    for _ in range(2):
        reader.take(24)
        reader.take(4 * reader.u32())
    return session


def read_entries(reader):
    verifier, names, cookie = reader.take(8), [], 0
    while reader.u32():
        cookie = reader.u64()
        names.append(reader.opaque().decode())
        reader.bitmap(), reader.opaque()
    return verifier, names, cookie, reader.u32()


def read_data(reader):
    is_end = reader.u32()
    return is_end, reader.opaque()


RESULTS = {
    SEQUENCE: lambda reader: reader.take(36), EXCHANGE_ID: read_exchange, CREATE_SESSION: read_session, OPEN: read_open,
    GETFH: Reader.opaque, GETATTR: lambda reader: (reader.bitmap(), reader.opaque()), CLOSE: lambda reader: reader.take(16),
    READ: read_data, WRITE: lambda reader: reader.take(16), READDIR: read_entries, SETATTR: Reader.bitmap,
    CREATE: lambda reader: (reader.take(20), reader.bitmap()), REMOVE: lambda reader: reader.take(20),
    RENAME: lambda reader: reader.take(40), LINK: lambda reader: reader.take(20),
}


class Client:
    def __init__(self, url, connections):
        parsed, self.user = urlparse(url), parse_qs(urlparse(url).query)
        self.address = parsed.hostname, parsed.port or 2049
        self.export = parsed.path
        self.sockets = [socket.create_connection(self.address) for _ in range(connections)]
        self.xid = int.from_bytes(os.urandom(3), "big")
        self.sequence = 0
        self.session = None
        owner = opaque(b"client of tests %d" % os.getpid())
        self.client, sequence = self.compound((EXCHANGE_ID, os.urandom(8) + owner + u32(0, 0, 0)))[EXCHANGE_ID]
        channel = u32(0, 1 << 20, 1 << 20, 1 << 12, 32, 4, 0)
        self.session = self.compound((CREATE_SESSION, u64(self.client) + u32(sequence, 0) + channel + channel + u32(0x4000_0000, 1, 0)))[CREATE_SESSION]
        self.compound((RECLAIM_COMPLETE, u32(0)))
        shares = [step for name in self.path("/") for step in (name, (GETFH, b""), (GETATTR, u32(1, FILE_SYSTEM)))]
        self.compound(*shares)

    def reconnect(self):
        for old in self.sockets:
            old.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            old.close()
        self.sockets = [socket.create_connection(self.address) for _ in self.sockets]

    def close(self):
        self.compound((DESTROY_SESSION, self.session))
        self.session = None
        self.compound((DESTROY_CLIENTID, u64(self.client)))

    def compound(self, *operations):
        """The results of operations, each with its arguments, by the number of the operation; the next connection is used."""
        if self.session:
            self.sequence += 1
            operations = ((SEQUENCE, self.session + u32(self.sequence, 0, 0, 0)),) + operations
        self.xid += 1
        uid, gid = int(self.user["uid"][0]), int(self.user["gid"][0])
        credential = u32(0) + opaque(b"desk") + u32(uid, gid, 0)
        call = u32(self.xid, 0, 2, 100003, 4, 1, 1) + opaque(credential) + u32(0, 0) + opaque(b"") + u32(1, len(operations))
        call += b"".join(u32(number) + arguments for number, arguments in operations)
        connection = self.sockets[self.xid % len(self.sockets)]
        connection.sendall(u32(1 << 31 | len(call)) + call)
        return self.results(Reader(self.reply(connection)))

    def reply(self, connection):
        reply, is_last = b"", False
        while not is_last:
            mark = struct.unpack(">I", self.receive(connection, 4))[0]
            is_last = mark >> 31
            reply += self.receive(connection, mark & 0x7FFF_FFFF)
        return reply

    @staticmethod
    def receive(connection, count):
        octets = b""
        while len(octets) < count:
            more = connection.recv(count - len(octets))
            if not more:
                sys.exit("the server closed the connection")
            octets += more
        return octets

    def results(self, reader):
        if reader.u32() != self.xid or reader.u32() != 1 or reader.u32() != 0:
            sys.exit("an answer to another call, or none")
        reader.u32(), reader.opaque()
        if reader.u32():
            raise OSError("the call was refused")
        reader.u32(), reader.opaque()
        results = {}
        for _ in range(reader.u32()):
            number, status = reader.u32(), reader.u32()
            if status:
                raise OSError(f"operation {number}: status {status}")
            results[number] = RESULTS.get(number, lambda reader: None)(reader)
        return results

    def path(self, path):
        names = [name for name in (self.export + path).split("/") if name]
        return [(PUTROOTFH, b"")] + [(LOOKUP, opaque(name.encode())) for name in names]

    def directory(self, path):
        head, _, name = path.rpartition("/")
        return self.path(head), opaque(name.encode())

    def open(self, path, access, how):
        directory, name = self.directory(path)
        owner = u64(self.client) + opaque(b"owner")
        results = self.compound(*directory, (OPEN, u32(0, access | NO_DELEGATION, 0) + owner + how + u32(0) + name), (GETFH, b""))
        return (PUTFH, opaque(results[GETFH])), results[OPEN]

    def put(self, local, path):
        file, state = self.open(path, WRITING, u32(1, 0, 2, 0, MODE) + opaque(u32(0o600)))
        with open(local, "rb") as source:
            offset = 0
            while octets := source.read(SIZE):
                self.compound(file, (WRITE, state + u64(offset) + u32(2) + opaque(octets)))
                offset += len(octets)
        self.compound(file, (CLOSE, u32(0) + state))

    def get(self, path, local):
        file, state = self.open(path, READING, u32(0))
        with open(local, "wb") as target:
            is_end = False
            while not is_end:
                is_end, octets = self.compound(file, (READ, state + u64(target.tell()) + u32(SIZE)))[READ]
                target.write(octets)
        self.compound(file, (CLOSE, u32(0) + state))

    def list(self, path):
        verifier, cookie, is_end = bytes(8), 0, False
        while not is_end:
            entries = u64(cookie) + verifier + u32(SIZE, SIZE, 0)
            verifier, names, cookie, is_end = self.compound(*self.path(path), (READDIR, entries))[READDIR]
            print(*names, sep="\n")

    def make(self, path, kind):
        directory, name = self.directory(path)
        self.compound(*directory, (CREATE, kind + name + u32(2, 0, MODE) + opaque(u32(0o755))))

    def remove(self, path):
        directory, name = self.directory(path)
        self.compound(*directory, (REMOVE, name))

    def rename(self, path, target):
        directory, name = self.directory(path)
        other, other_name = self.directory(target)
        self.compound(*directory, (SAVEFH, b""), *other, (RENAME, name + other_name))

    def link(self, path, target):
        directory, name = self.directory(target)
        self.compound(*self.path(path), (SAVEFH, b""), *directory, (LINK, name))

    def truncate(self, path, length):
        self.compound(*self.path(path), (SETATTR, NO_STATE + u32(1, 1 << 4) + opaque(u64(int(length)))))


def act(client, words):
    must_fail = words[0] == "!"
    name, *arguments = words[1:] if must_fail else words
    actions = {
        "put": client.put, "get": client.get, "list": client.list, "rmdir": client.remove, "delete": client.remove, "rename": client.rename,
        "mkdir": lambda path: client.make(path, u32(2)), "symlink": lambda target, path: client.make(path, u32(5) + opaque(target.encode())),
        "link": client.link, "truncate": client.truncate, "reconnect": client.reconnect,
    }
    try:
        actions[name](*arguments)
    except OSError as error:
        if not must_fail:
            raise
        print("refused:", error)
        return
    if must_fail:
        sys.exit("was not refused: " + " ".join(words))


def main(url, connections, words):
    client = Client(url, int(connections))
    while words:
        end = words.index(",") if "," in words else len(words)
        act(client, words[:end])
        words = words[end + 1:]
    client.close()


main(sys.argv[1], sys.argv[2], sys.argv[3:])
