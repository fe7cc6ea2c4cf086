/** Owns: what can be done with a dialogue that is over: the same on other ports, to the local server first, sharing it. */
import { repeatElsewhere, repeatPorts, sendToLocal } from '#renderer/flows/sendAgain.ts'
import { goTo } from '#renderer/flows/route.ts'
import { shareAt } from '#renderer/flows/share.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { isLoopback } from '#renderer/model/hosts.ts'
import { listWords } from '#renderer/model/composeNext.ts'
import { verdictOf } from '#renderer/model/composeVerdict.ts'
import { mainListener } from '#renderer/model/server.ts'
import type { Repeat, Run } from '#renderer/stores/compose.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Proof.module.css'
import { useCompose } from './useDraft.ts'

/** A failure is told by its message, of which a title would be the first part. */
const repeatWords = (title: string, { outcome, message }: DialogueResult): string =>
  outcome === 'accepted' ? title : outcome === 'failed' ? message : `${title} ${message}`

function OneRepeat({ repeat, run }: { repeat: Repeat; run: Run }) {
  const { port, session, problem, result } = repeat
  const verdict = result ? verdictOf(result, run.from, run.purpose) : null
  const words = verdict && result ? repeatWords(verdict.title, result) : problem || 'Under way …'
  return (
    <li className={styles.repeat}>
      <b className="mono">{port}</b>
      <ToneIcon tone={verdict?.tone ?? (problem === '' ? 'neutral' : 'bad')} spoken />
      <span>{words}</span>
      {session !== '' && (
        <Button
          className={styles.small}
          aria-label={`Open port ${port} in the ladder`}
          onPress={() => goTo({ room: 'dialogue', id: session })}
        >
          Open
        </Button>
      )}
    </li>
  )
}

function Repeats({ run }: { run: Run }) {
  const repeats = useCompose((compose) => compose.repeats)
  if (repeats.length === 0) return null
  return (
    <ul className={styles.repeats} aria-label="The same on other ports" aria-live="polite">
      {repeats.map((repeat) => (
        <OneRepeat key={repeat.port} repeat={repeat} run={run} />
      ))}
    </ul>
  )
}

export function ProofFoot({ run }: { run: Run }) {
  const services = useServices()
  const repeating = useCompose((compose) => compose.repeating)
  const starting = useCompose((compose) => compose.starting)
  const local = useField((all) => all.server, (server) => mainListener(server.status) !== undefined) // prettier-ignore
  const { draft } = run
  const elsewhere = draft ? repeatPorts(draft) : []
  // The local server has ports of its own; the usual ones of this computer are nobody's.
  const here = draft !== undefined && (draft.way === 'http' || isLoopback(draft.host.trim()))
  return (
    <>
      <Repeats run={run} />
      <div className={styles.acts}>
        {draft && !here && (
          <Button
            icon="again"
            isDisabled={repeating || starting}
            onPress={() => void repeatElsewhere(services)}
          >
            {run.purpose === 'check' ? 'Check' : 'Repeat on'} {listWords(elsewhere)}
          </Button>
        )}
        {draft && !here && local && (
          <Button icon="server" isDisabled={repeating || starting} onPress={() => void sendToLocal(services)}>
            Send to local server first
          </Button>
        )}
        <span className={styles.space} />
        <Button tone="quiet" icon="export" onPress={() => shareAt(services, run.session)}>
          Share case
        </Button>
      </div>
    </>
  )
}
