/** Owns: finding the user names in a session, once all its addresses are known. */
import type { Recorded } from '../export/types.ts'
import { contentsOf } from './content.ts'
import { changeText } from './hiddenText.ts'
import { changeMessage } from './message.ts'
import { changeWire, type Wire } from './octets.ts'
import { signedInNames } from './signedIn.ts'
import type { Things } from './things.ts'
import { walk } from './walk.ts'

/** In steps, each of some milliseconds at most. */
export function* collectUsers({ head, events }: Recorded, things: Things): Generator<void> {
  const scan = (text: string): string => {
    for (const name of signedInNames(text)) things.user(name)
    return text
  }
  scan(head.title ?? '')
  scan(head.words)
  const visitor = {
    text: (text: string) => changeText(text, scan),
    host: (text: string) => text,
    wire: (wire: Wire) => changeWire(wire, scan),
    certificate: <C>(certificate: C) => certificate,
  }
  for (const event of events) {
    walk(event, visitor)
    yield
  }
  for (const { raw } of contentsOf(events)) yield* changeMessage(raw, { change: scan })
}
