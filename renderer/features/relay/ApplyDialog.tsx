/** Owns: a look at changed rules before they hold: what changes, and whether strangers could send then. */
import { useEffect, useState } from 'react'
import { readRules, saveRules, type ReadAnswer } from '#renderer/flows/relayRules.ts'
import { useServices } from '#renderer/flows/services.ts'
import { hasErrors } from '#renderer/model/relayStatus.ts'
import type { RelayAsks } from '#renderer/stores/relay.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Changes } from './Changes.tsx'
import styles from './Dialogs.module.css'
import { useRelay } from './useRelay.ts'

export type ApplyAsked = Extract<RelayAsks, { what: 'apply' }>

function Checked({ read }: { read: ReadAnswer | null }) {
  if (read === null) return <p className={styles.quiet}>Being checked …</p>
  if (!read.ok) return <Banner tone="bad">{read.problem}</Banner>
  const errors = read.rules.problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return <Banner tone="bad">{errors.map(({ message }) => message).join(' ')}</Banner>
  return read.rules.openRelay.length > 0 ? (
    <Banner tone="bad" title="This makes it an open relay.">
      {read.rules.openRelay[0]} It will listen on this computer only.
    </Banner>
  ) : (
    <Banner tone="good">Not an open relay with it.</Banner>
  )
}

export function ApplyDialog({ asked: { title, because, policy }, onClose }: { asked: ApplyAsked; onClose: () => void }) {
  const services = useServices()
  const before = useRelay((relay) => relay.rules?.policy) ?? emptyPolicy()
  const [read, setRead] = useState<ReadAnswer | null>(null)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let gone = false
    void readRules(services, { policy }).then((answer) => !gone && setRead(answer))
    return () => {
      gone = true
    }
  }, [services, policy])
  const apply = async () => {
    setBusy(true)
    const answer = await saveRules(services, { policy })
    setBusy(false)
    if (answer.saved) onClose()
    else setProblem(answer.problems.map(({ message }) => message).join(' '))
  }
  const ready = read?.ok === true && !hasErrors(read.rules.problems)
  return (
    <Dialog
      open
      title={`${title}?`}
      onClose={onClose}
      actions={
        <>
          <Button tone="primary" size="l" isDisabled={!ready || busy} onPress={() => void apply()}>
            Apply
          </Button>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the harmless answer has the focus */}
          <Button size="l" autoFocus onPress={onClose}>
            Leave the rules
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <p>{because} That is the attempt looked at, tried with these rules.</p>
        <section>
          <h3>What changes</h3>
          <Changes before={before} after={policy} />
        </section>
        <Checked read={read} />
        {problem && (
          <Banner tone="bad" live="alert">
            {problem}
          </Banner>
        )}
      </div>
    </Dialog>
  )
} // prettier-ignore
