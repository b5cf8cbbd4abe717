import type { DialOptions, Probe, Verdict } from '../../harness/model.js';
import { parseRequest, tokensOf } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { answerer, told, viewOf } from '../opening/told.js';
import {
  anotherRequest,
  cameUnread,
  otherOctets,
  requestOf,
  type Sent,
  sendMore,
  styleOf,
  usualStyle,
} from './more.js';
import { readers, unread } from './path.js';

const EXPECTED = 'what follows a refused upgrade is read as HTTP, or goes nowhere';

/**
 * Sends more on the connection of an upgrade that is refused, in several ways, and judges whether a hop passes it on
 * unread, as if it had been accepted. Where the upgrade to `/echo` is not accepted the check is skipped, and also
 * where no hop asked the origin for the one that is refused, unless `byHop` says that it may be refused by a hop.
 */
export async function afterRefusal(
  probe: Probe,
  upgrade: DialOptions,
  { byHop }: { byHop: boolean },
): Promise<Verdict> {
  const nothing = await unread(probe);
  if (nothing) return nothing;
  await probe.raw();
  const usual = await usualStyle(probe);
  const ways = await Promise.all([
    sendMore(probe, anotherRequest(probe), upgrade),
    sendMore(probe, otherOctets(), upgrade),
    sendMore(probe, anotherRequest(probe), upgrade, true),
  ]);
  // What is on its way to the origin has come by the time that a later request has.
  await probe.http('/status/200');
  const [{ first }] = ways;
  const refused = told(first);
  const measured = { handshake: first.handshake, ...(first.answer && { status: first.answer.status }) };
  for (const sent of ways) {
    const how = passedOn(probe, sent, usual);
    if (!how || sent.first.handshake === 'accepted') continue;
    return fail(EXPECTED, `behind an upgrade that was ${told(sent.first)}, ${sent.what} ${how}`, {
      measured: { ...measured, tunnelAfterRefusal: true },
      blame: readers(probe),
    });
  }
  if (first.handshake !== 'refused') return skip(`the upgrade was not refused here: ${refused}`);
  const seen = await viewOf(probe, first);
  const asked = seen?.head !== undefined && tokensOf(parse(seen.head), 'Upgrade').includes('websocket');
  if (!asked && !byHop)
    return skip(`no hop asked the origin for this upgrade, so nothing can be behind its refusal: ${refused}`);
  if (usual === undefined && probe.hops.length > 3 && ways.some((sent) => requestOf(probe, sent))) {
    return skip(
      'behind a page no second request comes to the origin, so nothing tells whether every hop of this chain read the one behind the refusal',
    );
  }
  const lost = ways.find((sent) => fateOf(probe, sent) === undefined);
  if (lost) {
    const actual = `behind an upgrade that was ${refused}, ${lost.what} got no answer, and the connection stayed open`;
    return warn(actual, { measured, expected: EXPECTED, actual, blame: readers(probe) });
  }
  const fates = ways.map((sent) => `${sent.what} ${fateOf(probe, sent)}`);
  return pass(`${refused} by ${await answerer(probe, first)}; then ${[...new Set(fates)].join(', ')}`, {
    measured: { ...measured, tunnelAfterRefusal: false },
  });
}

const parse = (head: string) => parseRequest(Buffer.from(head, 'latin1'));

/** How it came to the origin past a hop that did not read it, if it did. */
function passedOn(probe: Probe, sent: Sent, usual: string | undefined): string | undefined {
  if (cameUnread(probe, sent, sent.first)) return 'came to the origin octet for octet';
  const head = requestOf(probe, sent)?.head;
  // In a chain, the hop behind a tunnel may have read what the one at its head did not.
  return head !== undefined && usual !== undefined && styleOf(head) !== usual
    ? 'came to the origin otherwise than it does after a page: one of the hops did not read it'
    : undefined;
}

/** What became of what was read; undefined where nothing is known to. */
function fateOf(probe: Probe, sent: Sent): string | undefined {
  if (requestOf(probe, sent)) return 'went on as a request of its own';
  if (sent.status !== undefined) return `was answered with ${sent.status}`;
  return sent.ended ? 'met an ended connection' : undefined;
}
