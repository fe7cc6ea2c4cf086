/** Owns: where it is written, as links that open outside of the page; the page itself loads nothing from there. */
import { referenceOf } from '#renderer/model/references.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Inspector.module.css'

export function ReferenceLink({ text }: { text: string }) {
  const { href } = referenceOf(text)
  if (href === undefined) return <span>{text}</span>
  return (
    // The desktop host hands the address to the browser (electron/hosts/desktop/guard.ts); a browser opens a tab.
    <a className={styles.link} href={href} target="_blank" rel="noopener noreferrer">
      {text}
      <Icon name="outside" size="xs" />
      <span className="visuallyHidden"> (opens outside)</span>
    </a>
  )
}

export function References({ references }: { references: readonly string[] }) {
  return (
    <>
      {references.map((text) => (
        <ReferenceLink key={text} text={text} />
      ))}
    </>
  )
}
