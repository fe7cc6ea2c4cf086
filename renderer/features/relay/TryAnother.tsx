/** Owns: trying an attempt that never came: who, from where, to whom. Nothing is sent. */
import { useState } from 'react'
import { tryAttempt } from '#renderer/flows/relayAttempts.ts'
import { useServices } from '#renderer/flows/services.ts'
import { attemptOf, tryForm, tryProblems, whoChoices, type TryForm } from '#renderer/model/relayTry.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './TryAnother.module.css'
import { useRelay } from './useRelay.ts'

const nobody = emptyPolicy()

export function TryAnother() {
  const services = useServices()
  const attempt = useRelay((relay) => relay.looked?.attempt)
  const policy = useRelay((relay) => relay.rules?.policy) ?? nobody
  /** What was typed; until then the attempt that is looked at. */
  const [typed, setTyped] = useState<TryForm | null>(null)
  const [told, setTold] = useState(false)
  const [problem, setProblem] = useState<string>()
  const form = typed ?? tryForm(attempt)
  const wrong = tryProblems(form)
  const change = (part: Partial<TryForm>) => setTyped({ ...form, ...part })
  const trace = async () => {
    setTold(true)
    setProblem(undefined)
    if (Object.keys(wrong).length > 0) return
    const said = await tryAttempt(services, attemptOf(form, attempt))
    setProblem(said)
    // From then on the form is what is looked at.
    if (said === undefined) setTyped(null)
    setTold(false)
  }
  const words = told ? Object.values(wrong).join(' ') || problem : problem
  return (
    <form
      className={styles.try}
      aria-label="Try another"
      onSubmit={(event) => {
        event.preventDefault()
        void trace()
      }}
    >
      <div className={styles.fields}>
        <div className={styles.first}>
          <span className={styles.label}>Try another</span>
          <TextField label="From this address" hideLabel mono before={<span className={styles.before}>from</span>} value={form.client} onChange={(client) => change({ client })} invalid={told && wrong.client !== undefined} />
        </div>
        <div className={styles.who}>
          <Select label="Signed in as" hideLabel value={form.who} options={whoChoices(policy, form.who)} onChange={(who) => change({ who })} />
        </div>
        <TextField label="MAIL FROM" hideLabel mono before={<span className={styles.before}>MAIL</span>} value={form.sender} onChange={(sender) => change({ sender })} invalid={told && wrong.sender !== undefined} />
        <TextField label="To this recipient" hideLabel mono before={<span className={styles.before}>to</span>} value={form.recipient} onChange={(recipient) => change({ recipient })} invalid={told && wrong.recipient !== undefined} />
        <Button tone="primary" type="submit">
          Trace
        </Button>
      </div>
      {words !== undefined && (
        <p className={styles.wrong} role="alert">
          {words}
        </p>
      )}
    </form>
  )
} // prettier-ignore
