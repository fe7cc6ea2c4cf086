/** Owns: the form of a relay domain or a relay address: mail to it may come from anybody. */
import { useState } from 'react'
import type { EntryKind } from '#renderer/model/relayEntries.ts'
import type { Problems } from '#renderer/model/relayDrafts.ts'
import { readDomain, Wrong } from '#shared/relay/notation/values.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { TextField } from '#renderer/ui/TextField.tsx'
import { EntryFrame, type EntryProps } from './EntryFrame.tsx'

type Kind = Extract<EntryKind, 'relayDomains' | 'relayAddresses'>

const texts: Record<Kind, { label: string; hint: string; empty: string }> = {
  relayDomains: {
    label: 'Domain',
    hint: '*.example.com is every name below example.com.',
    empty: 'The domain is empty. Write shop.example or *.shop.example.',
  },
  relayAddresses: {
    label: 'Address or pattern',
    hint: 'A pattern stands between slashes and is looked for in the address: /@quayside(-test)?\\.example$/',
    empty: 'The address is empty. Write bounce@shop.example or /@shop\\.example$/.',
  },
}

/** Whether a pattern can be read, the engine says: the page has no matcher. */
function wrongWith(kind: Kind, typed: string): string | undefined {
  if (typed === '') return texts[kind].empty
  const read = kind === 'relayDomains' ? readDomain(typed, true) : typed
  return read instanceof Wrong ? `“${typed.slice(0, 60)}” ${read.words}.` : undefined
}

function before(policy: RelayPolicy, kind: Kind, place: number): string {
  return (kind === 'relayDomains' ? policy.relayDomains[place]?.domain : policy.relayAddresses[place]?.pattern) ?? '' // prettier-ignore
}

export function AddressForm({ kind, ...props }: EntryProps & { kind: Kind }) {
  const [text, setText] = useState(() => before(props.policy, kind, props.place))
  const [tried, setTried] = useState(false)
  const typed = text.trim()
  const wrong = wrongWith(kind, typed)
  const field = (refused: Problems) => (
    <TextField
      label={texts[kind].label}
      mono
      // eslint-disable-next-line jsx-a11y/no-autofocus -- the only field
      autoFocus
      value={text}
      onChange={setText}
      hint={texts[kind].hint}
      error={(tried ? wrong : undefined) ?? refused['domain'] ?? refused['pattern']}
    />
  )
  const frame = { ...props, onAttempt: () => setTried(true), children: field }
  const isWrong = wrong !== undefined
  return kind === 'relayDomains' ? (
    <EntryFrame {...frame} kind="relayDomains" make={() => ({ entry: { domain: typed }, wrong: isWrong })} />
  ) : (
    <EntryFrame {...frame} kind="relayAddresses" make={() => ({ entry: { pattern: typed }, wrong: isWrong })} />
  )
} // prettier-ignore
