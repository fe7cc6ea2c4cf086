/** Owns: a link that opens outside of the page; the page itself loads nothing from there. */
import { Icon } from './Icon.tsx'
import styles from './LinkButton.module.css'

export function OutsideLink({ href, children }: { href: string; children: string }) {
  return (
    // The desktop host hands the address to the browser (electron/hosts/desktop/guard.ts); a browser opens a tab.
    <a className={styles.link} href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <Icon name="outside" size="xs" />
      <span className="visuallyHidden"> (opens outside)</span>
    </a>
  )
}
