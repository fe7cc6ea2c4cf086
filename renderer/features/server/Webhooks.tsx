/** Owns: the webhooks: where each goes, of what it tells, how its last delivery ended; adding, trying and removing. */
import { useState } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import {
  addWebhook,
  configureSuiteApi,
  putAwaySecret,
  removeWebhook,
  tryWebhook,
} from '#renderer/flows/suiteApi.ts'
import { hookStanding, hostsIn, type TellOf, tellChoices, toldWords } from '#renderer/model/suiteApi.ts'
import type { SuiteApiStatus, Webhook } from '#shared/rpc/contract/suiteApi.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './ApiCard.module.css'
import room from './Room.module.css'
import { ToldOnce } from './ToldOnce.tsx'
import { useFieldProblem, useSuiteApi } from './useSuiteApi.ts'

function Hook({ hook }: { hook: Webhook }) {
  const services = useServices()
  const made = useSuiteApi((api) => api.secrets[hook.id])
  const { tone, words } = hookStanding(hook)
  return (
    <li>
      <div className={styles.hook}>
        <div className={styles.hookWords}>
          <span className={styles.url}>{hook.url}</span>
          <span className={styles.result}>
            <ToneIcon tone={tone} />
            <span>{words}</span>
            <span className={room.quiet}>Told of {toldWords(hook.events)}.</span>
          </span>
        </div>
        <Button onPress={() => void tryWebhook(services, hook.id)} aria-label={`Try ${hook.url}`}>
          Try
        </Button>
        <IconButton
          icon="trash"
          size="s"
          label={`Remove ${hook.url}`}
          onPress={() => void removeWebhook(services, hook.id)}
        />
      </div>
      {made !== undefined && (
        <ToldOnce
          title="The secret that signs its deliveries, shown this once"
          secret={made}
          copy="Copy secret"
          onDone={() => putAwaySecret(services, hook.id)}
        />
      )}
    </li>
  )
}

function AddHook() {
  const services = useServices()
  const busy = useSuiteApi((api) => api.busy)
  const problem = useFieldProblem('url')
  const [url, setUrl] = useState('')
  const [tell, setTell] = useState<TellOf>('message')
  const add = async () => {
    if (await addWebhook(services, url.trim(), tell)) setUrl('')
  }
  return (
    <div className={styles.add}>
      <TextField
        label="POST to"
        mono
        inputMode="url"
        value={url}
        onChange={setUrl}
        placeholder="http://127.0.0.1:3000/mail"
        error={problem}
        onKeyDown={(event) => event.key === 'Enter' && void add()}
      />
      <Segmented label="Of" value={tell} options={tellChoices} onChange={setTell} />
      <Button isDisabled={busy} onPress={() => void add()}>
        Add webhook
      </Button>
    </div>
  )
}

function Hosts({ allowed }: { allowed: readonly string[] }) {
  const services = useServices()
  const kept = allowed.join(', ')
  const [text, setText] = useState(kept)
  const problem = useFieldProblem('allowedHosts')
  const commit = () => {
    if (hostsIn(text).join(', ') !== kept) void configureSuiteApi(services, { allowedHosts: hostsIn(text) })
  }
  return (
    <TextField
      label="Hosts that webhooks may go to"
      mono
      value={text}
      onChange={setText}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
      placeholder="hooks.example.com, 10.0.0.5"
      hint="Beside this computer. A name may lead to public addresses only; name a private one itself."
      error={problem}
    />
  )
}

export function Webhooks({ status: { webhooks, allowedHosts } }: { status: SuiteApiStatus }) {
  return (
    <section className={styles.card} aria-labelledby="webhooks">
      <div className={styles.cardHead}>
        <h3 id="webhooks">Webhooks</h3>
        <span className={room.quiet}>{webhooks.length === 0 ? 'none: nothing is sent by itself' : 'told as mail arrives, signed'}</span>
      </div>
      {webhooks.length > 0 && (
        <ul className={styles.hooks}>
          {webhooks.map((hook) => (
            <Hook key={hook.id} hook={hook} />
          ))}
        </ul>
      )}
      <AddHook />
      <Hosts key={allowedHosts.join()} allowed={allowedHosts} />
    </section>
  )
} // prettier-ignore
