/** The product's mark and name: two rings, each open to the other, then the word drawn in the same stroke. */
export function Wordmark() {
  return (
    <svg viewBox="0 0 112 32" height="28" width="98" fill="none" strokeWidth="3.6" strokeLinecap="round" role="img">
      <title>Kith</title>
      <circle cx="11.5" cy="16" r="8.6" stroke="var(--kith-brand)" />
      <path d="M16 10.7a8.6 8.6 0 1 1 0 10.6" stroke="var(--kith-brand-other)" />
      <g stroke="currentColor" strokeWidth="3.2" strokeLinejoin="round">
        <path d="M46 7v18M57 7 46.6 17M50 14l7.6 11" />
        <path d="M65 13.5v11.5M65 7.8v.1" />
        <path d="M76 8v12.5c0 3 1.6 4.5 4.4 4.500M72 13.5h8.4" />
        <path d="M88 6.5v18.5M88 18.5c0-3.3 2.2-5.3 5-5.3s4.7 1.9 4.7 5.1V25" />
      </g>
    </svg>
  );
}
