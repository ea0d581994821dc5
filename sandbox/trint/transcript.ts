/** Something that was said: by whom, when from the beginning (milliseconds), and the words. */
export type Paragraph = { readonly speaker: string; readonly at: number; readonly text: string };

/** A transcript as the account keeps it. Times are epoch milliseconds. */
export type Transcript = {
  readonly id: string;
  readonly title: string;
  /** Opaque, as it was given at upload; `undefined` where none was. */
  readonly metadata: string | undefined;
  readonly language: string;
  readonly durationMs: number;
  readonly folderId: string | undefined;
  readonly driveId: string | undefined;
  /** Who uploaded it, by their address. */
  readonly user: string;
  readonly notes: string;
  readonly paragraphs: readonly Paragraph[];
  /** When the words are there. Before that nothing can be exported. */
  readonly readyAt: number;
  readonly isVerified: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** A transcript as the list shows it: with no word of how far it is. */
export function shownTranscript(transcript: Transcript): Record<string, unknown> {
  const { id, title, metadata, language, durationMs, folderId, driveId, notes } = transcript;
  return {
    id,
    title,
    ...(metadata !== undefined && { metadata }),
    excerpt: transcript.paragraphs[0]?.text.slice(0, 120) ?? "",
    fileType: "TRANSCRIPT",
    workspaceId: driveId ?? null,
    folderId: folderId ?? null,
    language,
    duration: durationMs,
    timecode: "00:00:00.000",
    timecodeOffsetEnabled: false,
    notes,
    created: new Date(transcript.createdAt).toISOString(),
    updated: new Date(transcript.updatedAt).toISOString(),
  };
}

/** What a callback says of a transcript. */
export function toldTranscript({ id, title, user, metadata }: Transcript): Record<string, unknown> {
  return { transcriptId: id, title, user, ...(metadata !== undefined && { metadata }) };
}
