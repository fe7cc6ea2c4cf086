/** Owns: the rest of a listener's form in named groups, folded; one with something wrong in it unfolds by itself. */
import { useState } from 'react'
import type { DraftProblems, ListenerDraft } from '#renderer/model/listenerDraft.ts'
import { readPort } from '#renderer/model/listenerDraft.ts'
import { limitsSummary, protocolSummary, signInSummary, tlsSummary } from '#renderer/model/listenerWords.ts'
import type { Limits } from '#renderer/model/serverLimits.ts'
import { mappedPortOf } from '#shared/knowledge/lowPorts.ts'
import { Fold } from '#renderer/ui/Fold.tsx'
import { LimitsPart } from './LimitsPart.tsx'
import type { PartProps } from './part.ts'
import { ProtocolPart } from './ProtocolPart.tsx'
import { ReachPart } from './ReachPart.tsx'
import { SignInPart } from './SignInPart.tsx'
import { TlsPart } from './TlsPart.tsx'

function reachSummary({ port, mappedPort, allowOutside }: ListenerDraft): string {
  const typed = mappedPort.trim()
  const instead = typed === '' ? mappedPortOf(readPort(port) ?? 0) : (readPort(typed) ?? 0)
  const words = instead === 0 ? 'no other port' : `${instead} where ${port.trim()} is not permitted`
  return `${words}, ${allowOutside ? 'open to other machines' : 'this computer only'}`
}

type Group = 'signIn' | 'tls' | 'protocol' | 'limits' | 'reach'

const groups: readonly Group[] = ['signIn', 'tls', 'protocol', 'limits', 'reach']

const fieldsOf: Record<Group, (field: string) => boolean> = {
  signIn: (field) => field === 'mechanisms' || field === 'clientCa',
  tls: (field) => ['tlsVersions', 'ciphers', 'certificate'].includes(field),
  protocol: (field) => field === 'extensions',
  limits: (field) => field.startsWith('limits.'),
  reach: (field) => field === 'mappedPort' || field === 'allowOutside',
}

const hasProblem = (problems: DraftProblems, group: Group) => Object.keys(problems).some(fieldsOf[group])

export function Groups({ part, limits }: { part: PartProps; limits: Limits }) {
  const [open, setOpen] = useState<Partial<Record<Group, boolean>>>({})
  const { draft, problems } = part
  // Stays unfolded when it is put right: what is being typed in must not fold away.
  const forced = groups.filter((group) => hasProblem(problems, group) && open[group] !== true)
  if (forced.length > 0) setOpen({ ...open, ...Object.fromEntries(forced.map((group) => [group, true])) })
  const fold = (group: Group) => ({
    open: open[group] ?? false,
    onOpen: (next: boolean) => setOpen({ ...open, [group]: next }),
  })
  return (
    <div>
      <Fold title="Mechanisms and client certificates" summary={signInSummary(draft)} {...fold('signIn')}>
        <SignInPart {...part} />
      </Fold>
      <Fold title="TLS versions, ciphers, certificate" summary={tlsSummary(draft)} {...fold('tls')}>
        <TlsPart {...part} />
      </Fold>
      <Fold title="Extensions and line ends" summary={protocolSummary(draft)} {...fold('protocol')}>
        <ProtocolPart {...part} />
      </Fold>
      <Fold title="Limits" summary={limitsSummary(draft.limits)} {...fold('limits')}>
        <LimitsPart {...part} limits={limits} />
      </Fold>
      <Fold title="Reach" summary={reachSummary(draft)} {...fold('reach')}>
        <ReachPart {...part} />
      </Fold>
    </div>
  )
}
