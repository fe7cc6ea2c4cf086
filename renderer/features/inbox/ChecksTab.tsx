/** Owns: the checks of a message: what its lines and header say, and, once a person lets it ask DNS, what SPF, DKIM, DMARC and ARC say. */
import { useState } from 'react'
import { authenticate } from '#renderer/flows/inboxChecks.ts'
import { useServices } from '#renderer/flows/services.ts'
import type { MessageCheck } from '#shared/rpc/contract/inbox.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './ChecksTab.module.css'
import { useInbox } from './useInbox.ts'

const tones = { good: 'good', info: 'info', warn: 'warn', bad: 'bad' } as const
const spoken = { good: 'good', info: 'to know', warn: 'warning', bad: 'wrong' } as const

function Checks({ label, checks }: { label: string; checks: readonly MessageCheck[] }) {
  return (
    <ul className={styles.checks} aria-label={label}>
      {checks.map(({ verdict, title, detail, reference }, place) => (
        <li key={place}>
          <ToneIcon tone={tones[verdict]} />
          <div>
            <span className="visuallyHidden">{spoken[verdict]}: </span>
            <b>{title}</b>
            <p>
              {detail} <span className={styles.reference}>{reference}</span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

interface FormProps {
  busy: boolean
  onAsk: (request: { server: string; ip: string; helo: string }) => void
}

function Form({ busy, onAsk }: FormProps) {
  const [server, setServer] = useState('system')
  const [ip, setIp] = useState('')
  const [helo, setHelo] = useState('')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        onAsk({ server: server.trim(), ip: ip.trim(), helo: helo.trim() })
      }}
    >
      <TextField label="As if sent from IP" mono value={ip} onChange={setIp} placeholder="198.51.100.7" />
      <TextField label="HELO name" mono value={helo} onChange={setHelo} placeholder="mail.shop.example" />
      <TextField
        label="Resolver"
        mono
        value={server}
        onChange={setServer}
        hint="system, or the IP of a name server"
      />
      <Button type="submit" tone="primary" isDisabled={busy}>
        {busy ? 'Asking …' : 'Ask DNS and check'}
      </Button>
    </form>
  )
}

function Authentication({ id }: { id: string }) {
  const services = useServices()
  const report = useInbox((inbox) => (inbox.checks?.id === id ? inbox.checks.report : null))
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const ask = async (request: { server: string; ip: string; helo: string }) => {
    setBusy(true)
    setProblem(await authenticate(services, { id, ...request }))
    setBusy(false)
  }
  return (
    <section aria-label="SPF, DKIM, DMARC and ARC">
      <h2>SPF, DKIM, DMARC, ARC</h2>
      <p className={styles.about}>
        As a receiver would judge it that got this message from the address below. These checks ask DNS
        servers about the sender’s domains; nothing is asked until you say so.
      </p>
      <Form busy={busy} onAsk={(request) => void ask(request)} />
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
      {report && (
        <>
          <Checks label="Authentication" checks={report.checks} />
          <output className={styles.about}>
            Asked {report.resolver}: {report.asked.length === 0 ? 'nothing' : report.asked.join(', ')}
          </output>
        </>
      )}
    </section>
  )
}

export function ChecksTab({ id, problem }: { id: string; problem: string | undefined }) {
  const lint = useInbox((inbox) => (inbox.checks?.id === id ? inbox.checks.lint : null))
  return (
    <div className={styles.tab}>
      {problem && <Banner tone="bad">{problem}</Banner>}
      {lint && (
        <section aria-label="Lines and header">
          <h2>Lines and header</h2>
          <Checks label="Lines and header" checks={lint} />
        </section>
      )}
      <Authentication id={id} />
    </div>
  )
}
