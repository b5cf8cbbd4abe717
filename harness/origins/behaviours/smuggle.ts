import type { Behaviour } from '../behaviour.js';

/** The attacker's end of a WebSocket: whatever comes is answered with the octets of a cacheable HTTP answer. */
const smuggle: Behaviour = (talk) => {
  if (!talk.upgrade()) return;
  const body = `attacker ${talk.url.searchParams.get('mark') ?? ''}`;
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nCache-Control: public, max-age=60\r\nContent-Length: ${body.length}\r\n\r\n`;
  talk.onOctets = () => talk.write(head + body, 'an HTTP answer after the 101');
};
export default smuggle;
