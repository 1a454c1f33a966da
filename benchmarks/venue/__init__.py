"""The venue as its clients meet it: durable orders over HTTP and sockets, a book told to many."""
