/** Owns: where mail goes: to allowed hosts, to the Inbox, or all of it to one host; the name server and the port under More. */
import { useState } from 'react'
import { loadAllowedHosts } from '#renderer/flows/inboxRelease.ts'
import { setRelaySettings } from '#renderer/flows/relaySettings.ts'
import { useServices } from '#renderer/flows/services.ts'
import { deliveryChange, deliveryChoices, deliveryForm, deliveryRefusals, type DeliveryForm, type DeliveryProblems } from '#renderer/model/relayDelivery.ts' // prettier-ignore
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Fold } from '#renderer/ui/Fold.tsx'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { AllowedList } from './AllowedList.tsx'
import styles from './Dialogs.module.css'
import { useRelay } from './useRelay.ts'

interface PartProps {
  form: DeliveryForm
  problems: DeliveryProblems
  change: (part: Partial<DeliveryForm>) => void
}

const tlsChoices = [
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'implicit', label: 'From the start' },
  { value: 'plain', label: 'None' },
] as const

function HostPart({ form, problems, change }: PartProps) {
  return (
    <>
      <div className={styles.pair}>
        <TextField label="Host" mono placeholder="mail.example.com" value={form.host} onChange={(host) => change({ host })} error={problems.host} />
        <TextField label="Port" mono inputMode="numeric" value={form.port} onChange={(port) => change({ port })} error={problems.port} />
      </div>
      <Segmented<DeliveryForm['tls']> label="TLS" value={form.tls} options={tlsChoices} onChange={(tls) => change({ tls })} />
      <div className={styles.pair}>
        <TextField label="User" mono placeholder="none" value={form.user} onChange={(user) => change({ user })} error={problems.user} />
        <PasswordField label="Password" value={form.password} onChange={(password) => change({ password })} error={problems.password} hint={form.user === '' ? 'Only with a user.' : 'Empty keeps the saved one.'} />
      </div>
    </>
  )
} // prettier-ignore

function MorePart({ form, problems, change }: PartProps) {
  const [open, setOpen] = useState(form.resolver !== '' || form.mxPort !== '')
  const summary = `${form.resolver.trim() === '' ? 'the system’s name server' : form.resolver.trim()}, port ${form.mxPort.trim() || 25}`
  return (
    <Fold title="Name server and port" summary={summary} open={open || problems.resolver !== undefined || problems.mxPort !== undefined} onOpen={setOpen}>
      <div className={styles.fields}>
        <div className={styles.pair}>
          <TextField label="Name server" mono placeholder="the system’s" value={form.resolver} onChange={(resolver) => change({ resolver })} error={problems.resolver} hint="IP or IP:PORT. Asked for MX, addresses and TLSA." />
          <TextField label="Port of mail exchangers" mono inputMode="numeric" placeholder="25" value={form.mxPort} onChange={(mxPort) => change({ mxPort })} error={problems.mxPort} />
        </div>
        <Checkbox selected={form.validates} disabled={form.resolver.trim() === ''} onChange={(validates) => change({ validates })} hint="Only then DANE is proven (RFC 7672 §2.2).">
          It checks DNSSEC, and the way to it is trusted
        </Checkbox>
      </div>
    </Fold>
  )
} // prettier-ignore

function useDelivery(onClose: () => void) {
  const services = useServices()
  const settings = useRelay((relay) => relay.status?.settings)
  const last = useRelay((relay) => relay.lastHost)
  const [form, setForm] = useState(() => (settings ? deliveryForm(settings, last) : null))
  const [problems, setProblems] = useState<DeliveryProblems>({})
  const change = (part: Partial<DeliveryForm>) => {
    setForm((now) => now && { ...now, ...part })
    setProblems({})
  }
  const save = async () => {
    if (form === null) return
    const made = deliveryChange(form)
    if ('problems' in made) return setProblems(made.problems)
    const refused = deliveryRefusals(await setRelaySettings(services, made.change))
    setProblems(refused)
    if (Object.keys(refused).length === 0) onClose()
  }
  return { form, problems, change, save }
}

export function DeliveryDialog({ onClose }: { onClose: () => void }) {
  const { form, problems, change, save } = useDelivery(onClose)
  const busy = useRelay((relay) => relay.busy)
  if (form === null) return null
  const about = deliveryChoices.find(({ value }) => value === form.to)?.about
  return (
    <Dialog
      open
      wide
      title="Where mail goes"
      onClose={onClose}
      actions={
        <>
          <Button tone="primary" size="l" isDisabled={busy} onPress={() => void save()}>
            Save
          </Button>
          <Button size="l" onPress={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <Segmented label="What the rules relay goes" value={form.to} options={deliveryChoices} onChange={(to) => change({ to })} />
        <p>{about}</p>
        {form.to === 'allowed' && <AllowedList load={loadAllowedHosts} />}
        {form.to === 'host' && <HostPart form={form} problems={problems} change={change} />}
        <MorePart form={form} problems={problems} change={change} />
        {problems.other && (
          <Banner tone="bad" live="alert">
            {problems.other}
          </Banner>
        )}
      </div>
    </Dialog>
  )
} // prettier-ignore
