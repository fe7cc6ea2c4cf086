/** Owns: the two halves of the release form: the server, and the envelope. */
import type { problemsByField, ReleaseForm } from '#renderer/model/inboxRelease.ts'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextArea } from '#renderer/ui/TextArea.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Forms.module.css'

interface PartProps {
  form: ReleaseForm
  problems: ReturnType<typeof problemsByField>
  onChange: (part: Partial<ReleaseForm>) => void
}

const modes: readonly { value: ReleaseForm['tls']; label: string }[] = [
  { value: 'starttls', label: 'STARTTLS required' },
  { value: 'implicit', label: 'TLS from the start' },
  { value: 'opportunistic', label: 'STARTTLS if offered' },
  { value: 'none', label: 'In clear' },
]

export function WherePart({ form, hosts, problems, onChange }: PartProps & { hosts: readonly string[] }) {
  return (
    <>
      <div className={styles.where}>
        <Select
          label="Host"
          value={form.host}
          options={hosts.map((host) => ({ value: host, label: host }))}
          onChange={(host) => onChange({ host })}
          disabled={hosts.length === 0}
          error={problems.host}
        />
        <TextField
          label="Port"
          mono
          inputMode="numeric"
          value={form.port}
          onChange={(port) => onChange({ port })}
          error={problems.port}
        />{' '}
        {/* prettier-ignore */}
        <Select label="TLS" value={form.tls} options={modes} onChange={(tls) => onChange({ tls })} />
      </div>
      <div className={styles.two}>
        <TextField
          label="User"
          value={form.user}
          onChange={(user) => onChange({ user })}
          error={problems.user}
          hint="empty: no sign-in"
        />{' '}
        {/* prettier-ignore */}
        <PasswordField label="Password" value={form.password} onChange={(password) => onChange({ password })} error={problems.password} hint="sent once, kept nowhere" />{' '}
        {/* prettier-ignore */}
      </div>
    </>
  )
}

export function EnvelopePart({ form, problems, onChange }: PartProps) {
  return (
    <>
      {
        form.way === 'resent' &&
        <TextField label="Resent by" value={form.resentFrom} onChange={(resentFrom) => onChange({ resentFrom })} error={problems.resentFrom} placeholder="Ann <ann@example.com>" /> // prettier-ignore
      }
      <div className={styles.two}>
        <TextField
          label="Envelope from"
          mono
          value={form.from}
          onChange={(from) => onChange({ from })}
          error={problems.from}
          hint="bounces go there; empty: to nobody"
        />{' '}
        {/* prettier-ignore */}
        <TextArea label="Envelope to" mono rows={2} value={form.to} onChange={(to) => onChange({ to })} error={problems.to} hint="as received; blind copies included" />{' '}
        {/* prettier-ignore */}
      </div>
    </>
  )
}
