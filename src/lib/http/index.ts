/** HTTP over simulated sockets, both sides. After a 101 both ends speak raw frames with kernel `send`/`recv` on `conn.fd`. */
export { reasonPhrase, jsonResponse, textResponse, type Body, type Headers, type HttpConn, type HttpRequest, type HttpResponse } from './message.ts';
export { closeConn, httpConnect, nextChunk, receiveFrame, roundTrip, type ConnectOptions } from './client.ts';
export { acceptHttp, acceptTls, endChunks, readRequest, respond, sendChunk, type Refused } from './server.ts';
export { bodyBytes, headerName, headLines, httpDate, jsonLine } from './wire.ts';
export { serveFd, serveOn, servingFds, type Serving } from './serve.ts';
