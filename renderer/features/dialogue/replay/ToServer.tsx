/** Owns: the form that sends a recorded client side to a server. The server is always the one typed here. */
import { useState } from 'react'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { replayToServer } from '#renderer/flows/replay.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { Lines } from './Lines.tsx'
import styles from './Replay.module.css'

const modes = [
  { value: 'starttls', label: 'STARTTLS, required' },
  { value: 'opportunistic', label: 'STARTTLS when offered' },
  { value: 'implicit', label: 'TLS from the first octet' },
  { value: 'none', label: 'No TLS' },
] as const
const paces = [
  { value: 'fast', label: 'Fast' },
  { value: 'recorded', label: 'As recorded' },
] as const

const initial = {
  host: '',
  port: '587',
  tls: 'starttls' as (typeof modes)[number]['value'],
  accept: false,
  user: '',
  password: '',
  consent: false,
  pace: 'fast' as 'fast' | 'recorded',
  step: false,
}
type Form = typeof initial

const planOf = ({ host, port, tls, accept, user, password, consent, pace, step }: Form) => ({
  target: {
    host: host.trim(),
    port: Number(port),
    tls,
    certificate: accept ? ('accept' as const) : ('check' as const),
  },
  pace,
  step,
  ...(user === '' ? {} : { auth: { mechanism: 'auto' as const, user, password, allowUnprotected: consent } }),
})

const wordsFor = (problems: readonly FieldProblem[], field: string): string | undefined =>
  problems.find((problem) => problem.field === field)?.message
const fields = new Set(['target.host', 'target.port', 'auth.user', 'auth.password'])

export function ToServer() {
  const services = useServices()
  const preview = useField(
    (stores) => stores.replay,
    (replay) => replay.preview,
  )
  const problems = useField(
    (stores) => stores.replay,
    (replay) => replay.problems,
  )
  const busy = useField(
    (stores) => stores.replay,
    (replay) => replay.busy,
  )
  const [form, setForm] = useState(initial)
  const change = (part: Partial<Form>) => setForm({ ...form, ...part })
  const client = preview?.client
  const rest = problems.filter(({ field }) => !fields.has(field))
  const whole = Number.isInteger(Number(form.port)) && form.port.trim() !== ''
  return (
    <div className={styles.replay}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (whole) void replayToServer(services, planOf(form))
        }}
      >
        <div className={styles.row}>
          <TextField
            label="Server"
            mono
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog puts the focus on the one field that must be filled in
            autoFocus
            value={form.host}
            placeholder="smtp.example.com"
            error={wordsFor(problems, 'target.host')}
            onChange={(host) => change({ host })}
          />
          <TextField
            label="Port"
            mono
            inputMode="numeric"
            value={form.port}
            error={whole ? wordsFor(problems, 'target.port') : 'A number, such as 587.'}
            onChange={(port) => change({ port })}
          />
        </div>
        <Select label="TLS" value={form.tls} options={modes} onChange={(tls) => change({ tls })} />
        <Checkbox selected={form.accept} onChange={(accept) => change({ accept })}>
          Go on with an unverified certificate
        </Checkbox>
        {client !== undefined && client.mechanisms.length > 0 && (
          <>
            <TextField
              label="User"
              value={form.user}
              hint={`The recording signs in by ${client.mechanisms.join(', ')}. Without a user this is left out.`}
              error={wordsFor(problems, 'auth.user')}
              onChange={(user) => change({ user })}
            />
            <PasswordField
              label="Password"
              value={form.password}
              error={wordsFor(problems, 'auth.password')}
              onChange={(password) => change({ password })}
            />
            <Checkbox
              selected={form.consent}
              onChange={(consent) => change({ consent })}
              hint="Others on the way can read it then."
            >
              Send the password even without verified TLS
            </Checkbox>
          </>
        )}
        <Segmented label="Pace" value={form.pace} options={paces} onChange={(pace) => change({ pace })} />
        <Checkbox selected={form.step} onChange={(step) => change({ step })}>
          Pause before each line
        </Checkbox>
        {rest.map(({ message }) => (
          <Banner key={message} tone="bad" live="alert">
            {message}
          </Banner>
        ))}
        <Button
          type="submit"
          tone="primary"
          icon="send"
          isDisabled={busy || client === undefined || client.problem !== undefined || form.host.trim() === ''}
        >
          {form.host.trim() === '' ? 'Send' : `Send to ${form.host.trim()}:${form.port}`}
        </Button>
      </form>
      <div className={styles.result}>
        <h3 className={styles.legend}>
          What will be said
          {client && client.recipients.length > 0 ? `, for ${client.recipients.join(', ')}` : ''}
        </h3>
        {client === undefined ? (
          <p className={styles.note}>Reading the recording…</p>
        ) : client.problem ? (
          <p className={styles.note}>{client.problem}</p>
        ) : (
          <Lines client={client} />
        )}
      </div>
    </div>
  )
}
