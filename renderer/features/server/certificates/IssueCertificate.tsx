/** Owns: having a client certificate made, and giving it and its key away: the key is told this once. */
import { useState } from 'react'
import { issueCertificate, savePem, type MadeCertificate } from '#renderer/flows/certificates.ts'
import { useServices } from '#renderer/flows/services.ts'
import { dateWords, type CertificateProblems } from '#renderer/model/certificates.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Certificates.module.css'

/** A file's name from a user's: nothing that a file system or a shell would mind. */
const fileName = (user: string): string => user.replaceAll(/[^A-Za-z0-9._-]/g, '-').slice(0, 60) || 'client'

function readDays(text: string): number | null {
  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : 0
  return days >= 1 && days <= 3650 ? days : null
}

function Made({ user, made }: { user: string; made: MadeCertificate }) {
  const name = fileName(user)
  const saved = [
    { label: 'Save certificate', file: `${name}.pem`, pem: made.certificate },
    { label: 'Save key', file: `${name}-key.pem`, pem: made.key },
    { label: 'Save both in one file', file: `${name}-both.pem`, pem: `${made.certificate}\n${made.key}` },
  ]
  return (
    <div className={styles.form}>
      <Banner tone="good" live="status">
        Made for <b>{user}</b>, valid until {dateWords(made.facts.expiresAt)}.
      </Banner>
      <p className={styles.about}>
        Save it now: the key is told this once and not kept. Whoever has both can sign in as this user with
        EXTERNAL, where a listener asks for a certificate.
      </p>
      <div className={styles.acts}>
        {saved.map(({ label, file, pem }, place) => (
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the button that had the focus is gone
          <Button key={file} icon="export" autoFocus={place === 0} onPress={() => savePem(file, pem)}>
            {label}
          </Button>
        ))}
      </div>
    </div>
  )
}

interface Wanted {
  user: string
  days: string
}

function useIssue() {
  const services = useServices()
  const [wanted, setWanted] = useState<Wanted>({ user: '', days: '397' })
  const [made, setMade] = useState<MadeCertificate | null>(null)
  const [problems, setProblems] = useState<CertificateProblems>({})
  const issue = async () => {
    const days = readDays(wanted.days)
    const own = {
      ...(wanted.user.trim() === '' ? { user: 'The name is empty. Write the user that it stands for.' } : {}),
      ...(days === null
        ? { days: `“${wanted.days.slice(0, 20)}” is not a number of days from 1 to 3650.` }
        : {}),
    }
    setProblems(own)
    if (days === null || Object.keys(own).length > 0) return
    const answer = await issueCertificate(services, { user: wanted.user.trim(), days })
    if ('made' in answer) setMade(answer.made)
    else setProblems(answer.problems)
  }
  return { wanted, setWanted, made, problems, issue }
}

function Fields({
  wanted,
  setWanted,
  problems,
}: Pick<ReturnType<typeof useIssue>, 'wanted' | 'setWanted' | 'problems'>) {
  return (
    <div className={styles.form}>
      {problems[''] && (
        <Banner tone="bad" live="alert">
          {problems['']}
        </Banner>
      )}
      <p className={styles.about}>
        Signed by the app’s authority, for clients that prove by certificate who they are.
      </p>
      <div className={styles.issue}>
        <TextField
          label="User"
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the one field that has to be filled in
          autoFocus
          placeholder="ann or ann@example.test"
          value={wanted.user}
          onChange={(user) => setWanted({ ...wanted, user })}
          error={problems['user']}
        />
        <TextField
          label="Days"
          mono
          inputMode="numeric"
          value={wanted.days}
          onChange={(days) => setWanted({ ...wanted, days })}
          error={problems['days']}
        />
      </div>
    </div>
  )
}

export function IssueCertificate({ onClose }: { onClose: () => void }) {
  const { wanted, setWanted, made, problems, issue } = useIssue()
  return (
    <Dialog
      open
      // A click beside it would lose a key that nobody can have again.
      role={made ? 'alertdialog' : 'dialog'}
      title="A certificate for a client"
      onClose={onClose}
      actions={
        made ? (
          <Button size="l" onPress={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button tone="primary" size="l" onPress={() => void issue()}>
              Make it
            </Button>
            <Button size="l" onPress={onClose}>
              Cancel
            </Button>
          </>
        )
      }
    >
      {made ? (
        <Made user={wanted.user.trim()} made={made} />
      ) : (
        <Fields wanted={wanted} setWanted={setWanted} problems={problems} />
      )}
    </Dialog>
  )
}
