import type { Answer } from './answers.js';

/** What only one library is known to answer. */
interface Mark {
  /** With the range of versions that answer so, where that is known. */
  library: string;
  /** In the body or in a header’s line (`Name: value`) of a refusal. */
  says: RegExp;
  /** A header line that has to be there, or must not be. */
  with?: RegExp;
  without?: RegExp;
}

/** The more telling first. */
const MARKS: readonly Mark[] = [
  {
    library: 'ws 8.18.3 or newer',
    says: /^Missing or invalid Sec-WebSocket-Version header$/m,
    with: /^Sec-WebSocket-Version: 13, 8$/im,
  },
  {
    library: 'ws 8.7.0 to 8.18.2',
    says: /^Missing or invalid Sec-WebSocket-Version header$/m,
    without: /^Sec-WebSocket-Version:/im,
  },
  { library: 'ws 8.7.0 or newer', says: /^Missing or invalid Sec-WebSocket-Key header$/m },
  {
    library: 'websocket (for Node.js)',
    says: /^X-WebSocket-Reject-Reason: (?:Client must provide a value for Sec-WebSocket-Key|Unsupported websocket client version)/im,
  },
  {
    library: 'websocket-driver (faye-websocket)',
    says: /^(?:Missing handshake request header: Sec-WebSocket-Key|Unsupported WebSocket version: 99)$/m,
  },
  {
    library: 'Engine.IO (Socket.IO)',
    says: /^\{"code":[0-5],"message":"(?:Transport unknown|Session ID unknown|Bad handshake method|Bad request|Forbidden|Unsupported protocol version)"\}$/m,
  },
  { library: 'Tornado', says: /^Can "Upgrade" only to "WebSocket"\.$/m, without: /No WebSocket UPGRADE hdr/ },
  { library: 'aiohttp', says: /^No WebSocket UPGRADE hdr: /m },
  {
    library: 'websockets (for Python)',
    says: /^Failed to open a WebSocket connection: /m,
  },
  {
    library: 'coder/websocket (nhooyr.io/websocket)',
    says: /^WebSocket protocol violation: (?:Connection|Upgrade) header "|^unsupported WebSocket protocol version \(only 13 is supported\): "99"/m,
  },
  {
    library: 'gorilla/websocket',
    says: /^Bad Request$/m,
    with: /^Sec-Websocket-Version: 13$/m,
  },
];

export interface Known {
  library: string;
  asked: string;
  /** The words that tell. */
  said: string;
}

/** The library that refusals are of, as far as their words tell. */
export function libraryOf(answers: readonly Answer[]): Known | undefined {
  for (const { library, says, ...needs } of MARKS) {
    for (const { asked, status, headers, body } of answers) {
      if (status < 400) continue;
      const text = `${headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}`;
      const said = says.exec(text)?.[0];
      if (said === undefined || (needs.with && !needs.with.test(text)) || needs.without?.test(text)) continue;
      return { library, asked, said };
    }
  }
  return undefined;
}
