/** Owns: how many, over how many connections, how fast, and to whom, confirmed where it is not this computer. */
import { type ManyForm, messagesOf, needsName, shownCount } from '#renderer/model/many.ts'
import { isLoopback } from '#renderer/model/hosts.ts'
import { useServices } from '#renderer/flows/services.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Many.module.css'
import { useMany } from './useMany.ts'

interface NumberProps {
  field: keyof ManyForm
  label: string
  hint: string
  placeholder?: string
  /** It takes the focus when the dialog opens. */
  first?: boolean
}

function NumberField({ field, label, hint, placeholder, first = false }: NumberProps) {
  const { stores } = useServices()
  const value = useMany(({ form }) => form[field])
  const error = useMany(({ problems }) => problems[field])
  return (
    <TextField
      label={label}
      look="l"
      inputMode="numeric"
      value={value}
      hint={hint}
      error={error}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- the number is what a person came for
      autoFocus={first}
      onChange={(typed) => stores.many.getState().change({ [field]: typed })}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  )
}

export function ManyFields({ host }: { host: string }) {
  const messages = useMany(({ form }) => messagesOf(form))
  if (host.trim() === '')
    return (
      <Banner tone="warn">
        Name the server in the form first: nothing is sent to a host that nobody named.
      </Banner>
    )
  return (
    <>
      <p className={styles.lead}>
        The message of the form goes to <b>{host}</b> again and again. Write <code>{'{{n}}'}</code>,{' '}
        <code>{'{{uuid}}'}</code> or <code>{'{{date}}'}</code> in it, and each has its own. Date and
        Message-ID always differ.
      </p>
      <div className={styles.fields}>
        <NumberField field="messages" label="Messages" hint="Up to 1,000,000" first />
        <NumberField field="connections" label="Connections at once" hint="Up to 500" />
        <NumberField
          field="perConnection"
          label="Messages on each"
          placeholder="as many as it takes"
          hint="Then a new connection"
        />
        <NumberField
          field="rate"
          label="Messages a second"
          placeholder="as fast as it goes"
          hint="All connections together"
        />
      </div>
      {needsName(messages, host) ? (
        <Confirm host={host} messages={messages} />
      ) : (
        <p className={styles.note}>
          {isLoopback(host)
            ? 'Nothing leaves this computer.'
            : 'A few messages need no further confirmation.'}{' '}
          When the server asks for it (421, or a 4xx that speaks of a rate), sending pauses and goes on more
          slowly.
        </p>
      )}
    </>
  )
}

function Confirm({ host, messages }: { host: string; messages: number }) {
  const { stores } = useServices()
  const value = useMany(({ form }) => form.confirm)
  const error = useMany(({ problems }) => problems.confirm)
  return (
    <div className={styles.confirm}>
      <Banner tone="warn" title={`${shownCount(messages)} messages go to ${host}.`}>
        Only to a server that is yours, or whose operator agreed. To others this is an attack.
      </Banner>
      <TextField
        label={`Type ${host} to confirm`}
        mono
        look="l"
        value={value}
        error={error}
        onChange={(typed) => stores.many.getState().change({ confirm: typed })}
      />
    </div>
  )
}
