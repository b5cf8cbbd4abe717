import type { Answer } from './answers.js';

/** What only one library is known to answer. */
interface Mark {
  /** With the range of versions that answer so, where that is known. */
  software: string;
  /** In the body or in a header’s line (`Name: value`) of a refusal. */
  says: RegExp;
  /** A header line that has to be there, or must not be. */
  with?: RegExp;
  without?: RegExp;
}

/** The more telling first. */
const MARKS: readonly Mark[] = [
  {
    software: 'ws 8.18.3 or newer',
    says: /^Missing or invalid Sec-WebSocket-Version header$/m,
    with: /^Sec-WebSocket-Version: 13, 8$/im,
  },
  {
    software: 'ws 8.7.0 to 8.18.2',
    says: /^Missing or invalid Sec-WebSocket-Version header$/m,
    without: /^Sec-WebSocket-Version:/im,
  },
  { software: 'ws 8.7.0 or newer', says: /^Missing or invalid Sec-WebSocket-Key header$/m },
  {
    software: 'websocket (for Node.js)',
    says: /^X-WebSocket-Reject-Reason: (?:Client must provide a value for Sec-WebSocket-Key|Unsupported websocket client version)/im,
  },
  {
    software: 'websocket-driver (faye-websocket)',
    says: /^(?:Missing handshake request header: Sec-WebSocket-Key|Unsupported WebSocket version: 99)$/m,
  },
  {
    software: 'Engine.IO (Socket.IO)',
    says: /^\{"code":[0-5],"message":"(?:Transport unknown|Session ID unknown|Bad handshake method|Bad request|Forbidden|Unsupported protocol version)"\}$/m,
  },
  {
    software: 'Tornado',
    says: /^Can "Upgrade" only to "WebSocket"\.$/m,
    without: /No WebSocket UPGRADE hdr/,
  },
  { software: 'aiohttp', says: /^No WebSocket UPGRADE hdr: /m },
  {
    software: 'websockets (for Python)',
    says: /^Failed to open a WebSocket connection: /m,
  },
  {
    software: 'coder/websocket (nhooyr.io/websocket)',
    says: /^WebSocket protocol violation: (?:Connection|Upgrade) header "|^unsupported WebSocket protocol version \(only 13 is supported\): "99"/m,
  },
  {
    software: 'gorilla/websocket',
    says: /^Bad Request$/m,
    with: /^Sec-Websocket-Version: 13$/m,
  },
];

export interface Known {
  software: string;
  asked: string;
  /** The words that tell. */
  said: string;
}

/** The library that refusals are of, as far as their words tell. */
export function libraryOf(answers: readonly Answer[]): Known | undefined {
  for (const { software, says, ...needs } of MARKS) {
    for (const { asked, status, headers, body } of answers) {
      if (status < 400) continue;
      const text = `${headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}`;
      const said = says.exec(text)?.[0];
      if (said === undefined || (needs.with && !needs.with.test(text)) || needs.without?.test(text)) continue;
      return { software, asked, said };
    }
  }
  return undefined;
}
