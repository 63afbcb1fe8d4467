"""How large may what people send be? A file beyond the bound is let go while it arrives, before it fills a disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

UPLOAD_BYTES = 16 * 2**20
"""The largest file that is taken. A balance has thousands of cells; this is room for hundreds of thousands."""


class BoundedUpload(FileUploadHandler):
    """Stops a file that is larger than the bound; the form then says so."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's form
        self.received += len(raw_data)
        if self.received > UPLOAD_BYTES:
            if self.request is not None:
                self.request.META["UPLOAD_TOO_LARGE"] = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 - the handlers behind keep the file
        return None
