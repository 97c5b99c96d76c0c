# rule: memory
# modes: wonly rw
# lowerings: compare
# The host sets gs for modules of lowering segment only: this one would write to whoever ran before.
	movq %rdi, %gs:(%edi)
	ret
