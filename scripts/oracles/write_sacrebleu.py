import sacrebleu, json, random
random.seed(4)
print(sacrebleu.__version__)
out=[]
words="the cat sat on a mat dog ran fast , . house 3.5 1,000 U.S. well-known".split()
def sent(n): return [random.choice(words[:8]) for _ in range(n)]
def noise(s):
    s=list(s)
    for i in range(len(s)):
        if random.random()<0.2: s[i]=random.choice(words[:8])
    if random.random()<0.3 and s: s.pop(random.randrange(len(s)))
    return s
cases=[]
for name,nsent,nref,lo,hi in [("one reference",20,1,4,12),("three references",20,3,4,12),("short outputs",15,1,1,4),("nothing of order four",6,2,2,5),("brevity",10,1,8,14)]:
    hyps=[];refs=[[] for _ in range(nref)]
    for _ in range(nsent):
        s=sent(random.randint(lo,hi))
        h=noise(s)
        if name=="brevity": h=h[:max(1,len(h)-3)]
        hyps.append(h)
        for r in refs: r.append(noise(s))
    b=sacrebleu.corpus_bleu([" ".join(h) for h in hyps],[[" ".join(x) for x in r] for r in refs],tokenize="none")
    cases.append(dict(name=name,outputs=hyps,references=[[r[i] for r in refs] for i in range(nsent)],bleu=b.score))
cases.append(dict(name="nothing right",outputs=[["x","y","z","w","v"]],references=[[["a","b","c","d","e"]]],bleu=sacrebleu.corpus_bleu(["x y z w v"],[["a b c d e"]],tokenize="none").score))
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a; tok=Tokenizer13a()
texts=["Hello, world!","It's 3.5% of 1,000 &amp; more.","U.S. well-known 5-year-old","\"Quoted\" (text) [a] {b} a/b c:d e;f","&lt;skipped&gt; <skipped> end.","a.b,c 1.2,3 .5 5. 7-8 x-y","Grüße, naïve café… – dash","He said: &quot;no&quot;?","tab\there","","  spaces   between  "]
json.dump(dict(source="sacreBLEU "+sacrebleu.__version__+", tokenize=none and Tokenizer13a",cases=cases,texts=[dict(text=t,tokens=tok(t).split()) for t in texts],
 example=dict(outputs=["The dog bit the man.","It wasn't surprising.","The man had just bitten him."],references=[["The dog bit the man.","The dog had bit the man."],["It was not unexpected.","No one was surprised."],["The man bit him first.","The man had bitten the dog."]],
   bleu=sacrebleu.corpus_bleu(["The dog bit the man.","It wasn't surprising.","The man had just bitten him."],[["The dog bit the man.","It was not unexpected.","The man bit him first."],["The dog had bit the man.","No one was surprised.","The man had bitten the dog."]]).score)),open("/tmp/w/sacrebleu.json","w"),indent=1,ensure_ascii=False)
