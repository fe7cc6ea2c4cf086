/** Owns: one's own certificates: for whom, until when, what is worth knowing, and taking one away after asking. */
import { useState } from 'react'
import { removeCertificate } from '#renderer/flows/certificates.ts'
import { useServices } from '#renderer/flows/services.ts'
import { namesWords, validity } from '#renderer/model/certificates.ts'
import { countWords } from '#renderer/model/measures.ts'
import type { OwnCertificate } from '#shared/rpc/contract/certificates.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Certificates.module.css'

function Row({ own, onRemove }: { own: OwnCertificate; onRemove: () => void }) {
  const [now] = useState(Date.now)
  const { tone, words } = validity(own, now)
  return (
    <li>
      <div className={styles.rowHead}>
        <b className="mono">{own.name}</b>
        <span className={styles.names}>{namesWords(own.names)}</span>
        <ToneIcon tone={tone} word={words} />
        <IconButton icon="trash" label={`Remove the certificate ${own.name}`} size="s" onPress={onRemove} />
      </div>
      <p className={styles.quiet}>
        Signed by {own.issuer}, {own.key}, {countWords(own.chain, 'certificate')} in the chain
      </p>
      {!own.usable && (
        <p className={styles.note}>
          <ToneIcon tone="warn" spoken /> Its key is not here any more. Add it again under this name.
        </p>
      )}
      {own.notices.map((notice) => (
        <p key={notice} className={styles.note}>
          <ToneIcon tone="warn" spoken /> {notice}
        </p>
      ))}
    </li>
  )
}

function Remove({ name, onClose }: { name: string; onClose: () => void }) {
  const services = useServices()
  const [refused, setRefused] = useState<string>()
  const remove = async () => {
    const problems = await removeCertificate(services, name)
    if (problems === null) onClose()
    else setRefused(Object.values(problems).join(' '))
  }
  return (
    <Dialog
      open
      role="alertdialog"
      tone="warn"
      title={`Remove the certificate ${name}?`}
      onClose={onClose}
      actions={
        <>
          <Button tone="danger" size="l" isDisabled={refused !== undefined} onPress={() => void remove()}>
            Remove
          </Button>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the safe answer has the focus */}
          <Button size="l" autoFocus onPress={onClose}>
            {refused === undefined ? 'Keep it' : 'Close'}
          </Button>
        </>
      }
    >
      <p role={refused === undefined ? undefined : 'alert'}>
        {refused ?? 'Its key is forgotten too; it was never shown, and cannot be had back from here.'}
      </p>
    </Dialog>
  )
}

export function OwnCertificates({ own }: { own: readonly OwnCertificate[] }) {
  const [removing, setRemoving] = useState<string | null>(null)
  return (
    <article className={styles.card} aria-labelledby="own-certificates">
      <div className={styles.head}>
        <h3 id="own-certificates">Your own</h3>
      </div>
      {own.length === 0 ? (
        <p className={styles.about}>
          None yet. Add the certificate and key that a server of yours has, and a listener can show it
          instead.
        </p>
      ) : (
        <ul className={styles.rows}>
          {own.map((one) => (
            <Row key={one.name} own={one} onRemove={() => setRemoving(one.name)} />
          ))}
        </ul>
      )}
      {removing !== null && <Remove name={removing} onClose={() => setRemoving(null)} />}
    </article>
  )
}
