"""IR passes of FastPaas: text and values in, text and values out; no files, processes, click or libclang."""
