// SPDX-License-Identifier: AGPL-3.0-only
// A binary WebSocket; `closed` is called once, also when the socket never opened.

export function open(url, opened, received, closed) {
  let socket;
  try {
    socket = new WebSocket(url);
  } catch (error) {
    setTimeout(() => closed(String(error)), 0);
    return null;
  }
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => opened();
  socket.onmessage = (event) => {
    if (event.data instanceof ArrayBuffer) {
      received(new Int8Array(event.data));
    } else {
      socket.close(1003, 'text');
    }
  };
  socket.onclose = (event) => closed(event.reason || 'closed (' + event.code + ')');
  return socket;
}

export function send(socket, bytes) {
  if (socket !== null && socket.readyState === WebSocket.OPEN) {
    socket.send(bytes);
  }
}

export function buffered(socket) {
  return socket === null ? 0 : socket.bufferedAmount;
}

export function close(socket) {
  if (socket !== null) {
    socket.close(1000);
  }
}
