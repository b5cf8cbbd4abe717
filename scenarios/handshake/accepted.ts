import type { DialOptions, Knock, Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { refusal } from '../opening/told.js';

/** Judges that a handshake that differs from the usual one in nothing that counts is accepted as that one is. */
export async function mustAccept(
  probe: Probe,
  options: DialOptions,
): Promise<{ verdict: Verdict; made: Knock }> {
  await probe.meet();
  const first = await probe.knock(options);
  // A connection that is dropped may have been dropped for anything.
  const made = first.reception === 'reset' ? await probe.knock(options) : first;
  return { made, verdict: await judge(probe, made) };
}

async function judge(probe: Probe, made: Knock): Promise<Verdict> {
  const { reception, handshake, told, answer } = made;
  const measured = { handshake, ...(answer && { status: answer.status }) };
  if (reception === 'accepted') return pass(told, { measured });
  if (answer?.status === 429 || answer?.status === 503)
    return skip(
      `answered with ${answer.status}, which says that there are too many requests, and nothing of this`,
    );
  // It is refused for what it is only where the usual one still is not.
  await probe.meet();
  const { why, blame } = await refusal(probe, made);
  if (reception === 'late' || reception === 'unclear')
    return warn(told, { measured, expected: 'what the usual handshake gets', actual: told, blame });
  return fail('101', told + why, { measured, blame });
}
