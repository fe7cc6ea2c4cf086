/** Owns: the certificates of the local server: the app's authority, one's own, and one for a client. */
import { useEffect, useState } from 'react'
import { loadCertificates } from '#renderer/flows/certificates.ts'
import { useServices } from '#renderer/flows/services.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import room from '../Room.module.css'
import { useCertificates } from '../useCertificates.ts'
import { AddCertificate } from './AddCertificate.tsx'
import { Authority } from './Authority.tsx'
import styles from './Certificates.module.css'
import { IssueCertificate } from './IssueCertificate.tsx'
import { OwnCertificates } from './OwnCertificates.tsx'
import { Trust } from './Trust.tsx'

type Open = 'trust' | 'add' | 'issue' | null

export function Certificates() {
  const services = useServices()
  const certificates = useCertificates((state) => state.certificates)
  const failed = useCertificates((state) => state.failed)
  const [open, setOpen] = useState<Open>(null)
  useEffect(() => void loadCertificates(services), [services])
  const close = () => setOpen(null)
  return (
    <section className={room.section} aria-labelledby="certificates">
      <div className={room.sectionHead}>
        <h2 id="certificates">Certificates</h2>
        {certificates && (
          <span className={room.acts}>
            <Button tone="quiet" icon="person" onPress={() => setOpen('issue')}>
              For a client
            </Button>
            <Button tone="quiet" icon="plus" onPress={() => setOpen('add')}>
              Add your own
            </Button>
          </span>
        )}
      </div>
      {failed !== null && (
        <Banner
          tone="bad"
          live="status"
          action={<Button onPress={() => void loadCertificates(services)}>Try again</Button>}
        >
          The certificates could not be read. {failed}
        </Banner>
      )}
      {certificates === null && failed === null && <p className={room.quiet}>Reading the certificates …</p>}
      {certificates && (
        <div className={styles.cards}>
          <Authority authority={certificates.authority} onTrust={() => setOpen('trust')} />
          <OwnCertificates own={certificates.own} />
        </div>
      )}
      {certificates && open === 'trust' && <Trust path={certificates.authority.file} onClose={close} />}
      {open === 'add' && <AddCertificate known={certificates?.own ?? []} onClose={close} />}
      {open === 'issue' && <IssueCertificate onClose={close} />}
    </section>
  )
}
