/** Owns: giving a kept message to a real server: where, as whom, how, and the consent that it leaves this computer. */
import { useEffect, useState } from 'react'
import { loadAllowedHosts, releaseMessage } from '#renderer/flows/inboxRelease.ts'
import { useServices } from '#renderer/flows/services.ts'
import { wordsOf } from '#renderer/flows/transcripts.ts'
import { leavesWords, problemsByField, releaseForm, type ReleaseForm, releaseRequest } from '#renderer/model/inboxRelease.ts' // prettier-ignore
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { AllowedHosts } from './AllowedHosts.tsx'
import styles from './Forms.module.css'
import { EnvelopePart, WherePart } from './ReleaseParts.tsx'

interface FormProps {
  message: MessageDetail
  hosts: string[]
  onHosts: (hosts: string[]) => void
  onReleased: (session: string) => void
  onClose: () => void
}

function Form({ message, hosts, onHosts, onReleased, onClose }: FormProps) {
  const services = useServices()
  const [form, setForm] = useState(() => releaseForm(message, hosts[0] ?? ''))
  const [problems, setProblems] = useState<ReturnType<typeof problemsByField>>({})
  const [busy, setBusy] = useState(false)
  // Consent is for what was seen: another host, envelope or way asks again.
  const change = (part: Partial<ReleaseForm>) => {
    setForm((now) => ({ ...now, agreed: false, ...part }))
    // What was said was said of what has changed now.
    setProblems({})
  }
  const send = async () => {
    setBusy(true)
    const answer = await releaseMessage(services, releaseRequest(message.id, form))
    setBusy(false)
    if (answer.ok) onReleased(answer.session)
    else setProblems(problemsByField(answer.problems))
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (form.agreed && !busy) void send()
      }}
    >
      <AllowedHosts
        hosts={hosts}
        onHosts={(next, added) => {
          onHosts(next)
          change({ host: added ?? (next.includes(form.host) ? form.host : (next[0] ?? '')) })
        }}
      />
      <WherePart form={form} hosts={hosts} problems={problems} onChange={change} />
      <Segmented
        label="The message goes"
        value={form.way}
        onChange={(way) => change({ way })}
        options={[
          { value: 'exact', label: 'Byte for byte' },
          { value: 'resent', label: 'Behind Resent fields' },
        ]}
      />
      <EnvelopePart form={form} problems={problems} onChange={change} />
      <div className={styles.decide}>
        <Checkbox
          selected={form.agreed}
          onChange={(agreed) => setForm({ ...form, agreed })}
          disabled={form.host === ''}
        >
          {leavesWords(form)}
        </Checkbox>
        {(problems.other ?? problems.agreed) && (
          <Banner tone="bad" live="alert">
            {problems.other ?? problems.agreed}
          </Banner>
        )}
        <div className={styles.buttons}>
          <Button type="submit" tone="primary" size="l" icon="send" isDisabled={!form.agreed || busy}>
            {busy ? 'Starting …' : 'Release'}
          </Button>
          <Button size="l" onPress={onClose}>
            Keep it here
          </Button>
        </div>
      </div>
    </form>
  )
}

export interface ReleaseDialogProps {
  message: MessageDetail
  open: boolean
  onClose: () => void
  onReleased: (session: string) => void
}

function Loaded(props: Omit<ReleaseDialogProps, 'open'>) {
  const services = useServices()
  const [hosts, setHosts] = useState<string[]>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    let gone = false
    loadAllowedHosts(services).then(
      (found) => !gone && setHosts(found),
      (error: unknown) => !gone && setProblem(wordsOf(error)),
    )
    return () => {
      gone = true
    }
  }, [services])
  if (problem) return <Banner tone="bad">{problem}</Banner>
  return hosts ? <Form {...props} hosts={hosts} onHosts={setHosts} /> : <p>Reading the allowed hosts …</p>
}

export function ReleaseDialog({ open, ...rest }: ReleaseDialogProps) {
  return (
    <Dialog open={open} wide title="Release to a real server" onClose={rest.onClose}>
      <Loaded {...rest} />
    </Dialog>
  )
}
