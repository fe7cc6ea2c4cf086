/** Owns: the form of one's own certificate. The key goes to the engine and is gone from here when the form closes. */
import { useState } from 'react'
import { addCertificate } from '#renderer/flows/certificates.ts'
import { useServices } from '#renderer/flows/services.ts'
import {
  checkCertificate,
  type CertificateProblems,
  type NewCertificate,
} from '#renderer/model/certificates.ts'
import type { OwnCertificate } from '#shared/rpc/contract/certificates.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { TextArea } from '#renderer/ui/TextArea.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Certificates.module.css'
import { PemFiles } from './PemFiles.tsx'

const nothing: NewCertificate = { name: '', certificate: '', key: '', passphrase: '' }

function useAdd(onClose: () => void) {
  const services = useServices()
  const [given, setGiven] = useState(nothing)
  const [tried, setTried] = useState(false)
  const [told, setTold] = useState<CertificateProblems>({})
  const [busy, setBusy] = useState(false)
  const own = checkCertificate(given)
  const change = (next: Partial<NewCertificate>) => {
    setGiven((before) => ({ ...before, ...next }))
    setTold({})
  }
  const add = async () => {
    setTried(true)
    if (Object.keys(own).length > 0) return
    setBusy(true)
    const { passphrase, name, ...rest } = given
    const problems = await addCertificate(services, {
      ...rest,
      name: name.trim(),
      ...(passphrase === '' ? {} : { passphrase }),
    })
    setBusy(false)
    if (problems === null) onClose()
    else setTold(problems)
  }
  return { given, change, add, busy, problems: tried ? { ...told, ...own } : {} }
}

function Fields({ given, change, problems, known }: FieldsProps) {
  const replaces = known.some(({ name }) => name === given.name.trim())
  return (
    <div className={styles.form}>
      <div className={styles.pair}>
        <TextField
          label="Name"
          mono
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the first field of a form that was asked for
          autoFocus
          placeholder="mx"
          value={given.name}
          onChange={(name) => change({ name })}
          error={problems['name']}
          hint={
            replaces
              ? 'Replaces the one of this name; listeners take it at once.'
              : 'What listeners call it by.'
          }
        />
        <PasswordField
          label="Passphrase of the key"
          placeholder="only if it has one"
          value={given.passphrase}
          onChange={(passphrase) => change({ passphrase })}
          error={problems['passphrase']}
        />
      </div>
      <PemFiles
        onRead={({ certificates, keys }) =>
          change({
            ...(certificates === '' ? {} : { certificate: certificates }),
            ...(keys === '' ? {} : { key: keys }),
          })
        }
      />
      <TextArea
        label="Certificate, then what signed it"
        mono
        rows={5}
        placeholder="-----BEGIN CERTIFICATE-----"
        value={given.certificate}
        onChange={(certificate) => change({ certificate })}
        error={problems['certificate']}
      />
      <TextArea
        label="Private key"
        mono
        rows={4}
        placeholder="-----BEGIN PRIVATE KEY-----"
        value={given.key}
        onChange={(key) => change({ key })}
        error={problems['key']}
        hint="Kept in the keychain where there is one, else in memory until the program ends. Never shown again."
      />
    </div>
  )
}

interface FieldsProps {
  given: NewCertificate
  change: (next: Partial<NewCertificate>) => void
  problems: CertificateProblems
  known: readonly OwnCertificate[]
}

export interface AddCertificateProps {
  known: readonly OwnCertificate[]
  onClose: () => void
}

export function AddCertificate({ known, onClose }: AddCertificateProps) {
  const { given, change, add, busy, problems } = useAdd(onClose)
  return (
    <Dialog
      open
      wide
      title="Add your own certificate"
      onClose={onClose}
      actions={
        <>
          <Button tone="primary" size="l" isDisabled={busy} onPress={() => void add()}>
            Add
          </Button>
          <Button size="l" onPress={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      {problems[''] && (
        <Banner tone="bad" live="alert">
          {problems['']}
        </Banner>
      )}
      <Fields given={given} change={change} problems={problems} known={known} />
    </Dialog>
  )
}
