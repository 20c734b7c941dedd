declare module "words:script" {
  const words: Record<string, Record<string, string>>;
  export default words;
}
