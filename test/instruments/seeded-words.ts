/** @file What seeded names are made of. */

export const LATIN_WORDS = (
  'report draft final invoice photo holiday backup archive notes index module test readme main config data image scan letter budget music ' +
  'Project Summer client server parser Minutes résumé Größe Übersicht façade naïve señor Zürich'
).split(' ');
export const OTHER_WORDS = (
  'отчёт фото договор Документы σημειώσεις ημερολόγιο תמונות מסמכים صورة تقرير ' +
  '写真 書類 報告書 照片 文档 财务 음악 사진 보고서 दस्तावेज़ รายงาน 🎉 🏔️'
).split(' ');
/** How often a word is of another script. */
export const OTHER_SHARE = 0.15;
export const EXTENSIONS =
  'jpg jpg jpg png pdf txt md ts js json html css c h py rs go docx xlsx mp3 flac mp4 mov zip gz svg log JPG CR2'.split(' ');
