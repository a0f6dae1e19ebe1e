"""One module per layout: figures of a month in, one document out; ``sheet`` turns a grid into bytes."""
