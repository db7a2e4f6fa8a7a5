#!/usr/bin/env python3
"""A client of NFS for tests: mounts URL with libnfs and does one thing after the other.

usage: nfs-client.py URL ACTION [ARGUMENT...] [, ACTION [ARGUMENT...]]...
  put LOCAL PATH | overwrite LOCAL PATH | get PATH LOCAL | list PATH | mkdir PATH | rmdir PATH | rename PATH PATH | delete PATH
  | symlink TARGET PATH | link PATH PATH | truncate PATH LENGTH
Before an action, ! says that it must fail.
"""
import ctypes
import os
import sys

SIZE = 1 << 10
nfs = ctypes.CDLL("libnfs.so.13")
for name in "nfs_init_context", "nfs_get_error", "nfs_readdir", "nfs_parse_url_dir":
    getattr(nfs, name).restype = ctypes.c_void_p


class Url(ctypes.Structure):
    _fields_ = [("server", ctypes.c_char_p), ("path", ctypes.c_char_p), ("file", ctypes.c_char_p)]


context = ctypes.c_void_p(nfs.nfs_init_context())


def check(result):
    if result < 0:
        raise OSError(ctypes.string_at(nfs.nfs_get_error(context)).decode())
    return result


def opened(call, *arguments):
    handle = ctypes.c_void_p()
    check(call(context, *arguments, ctypes.byref(handle)))
    return handle


def put(local, path, flags=os.O_CREAT):
    handle = opened(nfs.nfs_open2, path.encode(), os.O_WRONLY | flags, 0o600)
    with open(local, "rb") as file:
        while octets := file.read(SIZE):
            check(nfs.nfs_write(context, handle, ctypes.c_uint64(len(octets)), octets))
    check(nfs.nfs_close(context, handle))


def get(path, local):
    handle = opened(nfs.nfs_open, path.encode(), 0)
    octets = ctypes.create_string_buffer(SIZE)
    with open(local, "wb") as file:
        while count := check(nfs.nfs_read(context, handle, ctypes.c_uint64(SIZE), octets)):
            file.write(octets.raw[:count])
    check(nfs.nfs_close(context, handle))


def list(path):
    directory = opened(nfs.nfs_opendir, path.encode())
    nfs.nfs_closedir(context, directory)


def call(function):
    return lambda *paths: check(function(context, *(path.encode() for path in paths)))


ACTIONS = {
    "put": put, "overwrite": lambda local, path: put(local, path, 0), "get": get, "list": list,
    "mkdir": call(nfs.nfs_mkdir), "rmdir": call(nfs.nfs_rmdir),
    "rename": call(nfs.nfs_rename), "delete": call(nfs.nfs_unlink), "symlink": call(nfs.nfs_symlink), "link": call(nfs.nfs_link),
    "truncate": lambda path, length: check(nfs.nfs_truncate(context, path.encode(), ctypes.c_uint64(int(length)))),
}


def act(words):
    must_fail = words[0] == "!"
    name, *arguments = words[1:] if must_fail else words
    try:
        ACTIONS[name](*arguments)
    except OSError as error:
        if not must_fail:
            raise
        print("refused:", error)
        return
    if must_fail:
        sys.exit("was not refused: " + " ".join(words))


def main(url, words):
    parsed = ctypes.cast(nfs.nfs_parse_url_dir(context, url.encode()), ctypes.POINTER(Url)).contents
    check(nfs.nfs_mount(context, parsed.server, parsed.path))
    while words:
        end = words.index(",") if "," in words else len(words)
        act(words[:end])
        words = words[end + 1:]
    nfs.nfs_destroy_context(context)


main(sys.argv[1], sys.argv[2:])
